from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from govnlp.cli.sources import is_several, listing, output_names


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def test_a_folder_is_searched_through_for_known_files_that_are_not_hidden(tmp_path: Path):
    known = ["a.txt", "b.HTM", "c.html", "d.shtml", "e.md", "f.xml", "g", "k.docx", "l.PDF", "deep/er/h.txt"]
    touch(tmp_path, *known, "i.jpg", ".hidden.txt", ".git/j.txt", "m.css")
    found = listing([str(tmp_path)])
    assert [str(Path(one).relative_to(tmp_path)) for one in found.documents] == sorted(known)
    assert not found.complaints


def test_what_is_named_itself_is_read_whatever_its_name(tmp_path: Path):
    touch(tmp_path, "i.jpg", ".hidden")
    names = [str(tmp_path / "i.jpg"), str(tmp_path / ".hidden"), "missing.txt", "-"]
    assert listing(names).documents == tuple(names)


def test_a_document_named_twice_is_read_once(tmp_path: Path):
    touch(tmp_path, "a.txt")
    found = listing([str(tmp_path / "a.txt"), str(tmp_path), str(tmp_path / "." / "a.txt")])
    assert found.documents == (str(tmp_path / "a.txt"),)


def test_a_folder_without_documents_is_complained_of(tmp_path: Path):
    found = listing([str(tmp_path)])
    assert not found.documents
    assert len(found.complaints) == 1
    assert str(tmp_path) in found.complaints[0]


def test_broken_links_and_loops_of_links_are_passed_over(tmp_path: Path):
    touch(tmp_path, "a.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert listing([str(tmp_path)]).documents == (str(tmp_path / "a.txt"),)


def test_one_file_is_one_and_a_folder_is_several(tmp_path: Path):
    touch(tmp_path, "a.txt")
    assert not is_several(["-"], ("-",))
    assert not is_several(["a.txt"], ("a.txt",))
    assert is_several(["a.txt", "b.txt"], ("a.txt", "b.txt"))
    assert is_several([str(tmp_path)], (str(tmp_path / "a.txt"),))


def test_capitals_do_not_tell_files_apart():
    assert output_names(["Seed.txt", "seed.html"]) == ["Seed.txt", "seed.html"]
    assert output_names(["x/Seed.txt", "y/seed.txt"]) == ["Seed.txt", "seed.txt-2"]


STEMS = st.sampled_from(["a", "A", "a.txt", "a-2", "-"])
NAMES = st.lists(
    st.tuples(st.sampled_from("pq"), STEMS, st.sampled_from(["", ".txt", ".html"])).map(
        lambda one: "{}/{}{}".format(*one)
    ),
    max_size=9,
)


@given(NAMES)
def test_no_two_documents_share_an_output(documents: list[str]):
    names = output_names(documents)
    assert len(names) == len(documents)
    assert len({name.casefold() for name in names}) == len(names)
