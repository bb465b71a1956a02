"""What a text spoke of up to a sentence, and the topic that this leaves: applications, remedies, fees…"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from govnlp.prose.lexicon import lexicon
from govnlp.prose.rulebook import rulebook
from govnlp.prose.tagger import Passage


@dataclass(frozen=True, slots=True)
class Said:
    """What the text spoke of so far: the symbols seen in headings and sentences, and the topic that they leave.

    `headings` are those of the headings alone, and `base` the topic that the headings leave.

    >>> said_around(Passage("", heading="行政复议情况")).after(lexicon().chars("提起行政诉讼")).topic
    'litigation'
    """

    symbols: frozenset[str]
    topic: str | None
    headings: frozenset[str]
    base: str | None

    def after(self, spoken: str) -> Said:
        """With one more sentence."""
        return Said(self.symbols.union(spoken), last_topic(spoken) or self.topic, self.headings, self.base)

    def sure(self, topic: str | None) -> str | None:
        """申请 alone may be any application (低保申请): only beside words of disclosure is it one of these."""
        sure = topic != "applications" or not _speaks_of_disclosure().isdisjoint(self.symbols)
        return topic if sure else None


def said_around(passage: Passage) -> Said:
    """What the section and the headings of a passage speak of.

    >>> said_around(Passage("收到2件。", heading="行政复议情况")).topic
    'review'
    """
    book = rulebook()
    symbols = set(book.sections.get(passage.section or "", ()))
    topic = book.section_topics.get(passage.section or "")
    for heading in (passage.heading, passage.subheading):
        spoken = lexicon().chars(heading)
        symbols |= set(spoken)
        topics = {book.topics[one] for one in spoken if one in book.topics}
        # 依申请公开和不予公开政府信息: what the applications ask for is no second topic.
        topics = topics - {"disclosure"} if "applications" in topics else topics
        topic = topics.pop() if len(topics) == 1 else topic
    return Said(frozenset(symbols), topic, frozenset(symbols), topic)


def last_topic(spoken: str) -> str | None:
    """The topic of the last cue of some that has one.

    >>> last_topic(lexicon().chars("申请人提起行政诉讼"))
    'litigation'
    """
    topics = rulebook().topics
    return next((topics[one] for one in reversed(spoken) if one in topics), None)


@cache
def _speaks_of_disclosure() -> frozenset[str]:
    names = lexicon().symbols
    return frozenset((names["app"], names["open_work"], names["disclose"], names["info_gov"]))
