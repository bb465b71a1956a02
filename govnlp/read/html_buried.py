from collections.abc import Iterator
from govnlp.schema.text import Text
def buried(source: str) -> Iterator[Text]:
    yield from ()
