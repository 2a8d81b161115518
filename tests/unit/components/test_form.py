"""All values for one action at once: defaults, what is needed, uploads, and names that do not exist."""

from gradstream.components.form import Finding, check_form
from gradstream.components.types import Upload
from gradstream.format.kinds import InvalidValue
from gradstream.format.types import Input

CAT = Upload(path="/tmp/1", name="cat.png", mime="image/png", size=2_500_000)  # noqa: S108 (never opened)
NOTE = Upload(path="/tmp/2", name="note.txt", mime="text/plain", size=3)  # noqa: S108 (never opened)

FIELDS = (
    Input(name="prompt", kind="text", label="Prompt", required=True),
    Input(name="steps", kind="slider", label="Steps", default=3, options={"minimum": 1, "maximum": 10}),
    Input(name="agree", kind="checkbox", label="Consent", default=False),
    Input(name="photo", kind="image", label="Photo", options={"max_size": 2_000_000}),
)


def find_upload(name: str) -> Upload | None:
    """Return one of the visitor's uploads."""
    return {"cat": CAT, "note": NOTE}.get(name)


def test_what_is_not_given_takes_its_default() -> None:
    """Defaults fill in, null counts as not given, and names that others take are passed over."""
    checked = check_form(
        FIELDS, {"prompt": "hi", "steps": None, "history": []}, find_upload=find_upload, others=("history",)
    )
    assert checked.findings == ()
    assert checked.values == {"prompt": "hi", "steps": 3, "agree": False, "photo": None}


def test_everything_that_does_not_fit_is_said_at_once() -> None:
    """One finding an input, each at its own."""
    given = {"prompt": "", "steps": 99, "step": 1, "photo": {"file": "cat"}}
    checked = check_form(FIELDS, given, find_upload=find_upload)
    assert [(one.input, one.problem.code) for one in checked.findings] == [
        ("step", "E-UNKNOWN-INPUT"),
        ("prompt", "E-REQUIRED"),
        ("steps", "E-RANGE"),
        ("photo", "E-FILE-SIZE"),
    ]
    assert checked.findings[0].problem == InvalidValue(
        code="E-UNKNOWN-INPUT",
        message="There is no input named step",
        expected="`prompt`, `steps`, `agree` or `photo`",
        found="`step`",
        repair="did you mean steps?",
    )
    assert checked.findings[3].problem.found == "cat.png with 2.5MB"


def test_an_upload_is_handed_over_by_its_path() -> None:
    """The id of an own upload becomes a path; no other value does."""
    (photo,) = (Input(name="photo", kind="image", label="Photo"),)
    checked = check_form([photo], {"photo": {"file": "cat"}}, find_upload=find_upload)
    assert checked.values == {"photo": {"path": "/tmp/1", "name": "cat.png", "mime": "image/png"}}  # noqa: S108
    codes = []
    for value in ({"file": "dog"}, {"file": "note"}, {"file": 3}, {"path": "/etc/passwd"}, "cat", CAT.name):
        (finding,) = check_form([photo], {"photo": value}, find_upload=find_upload).findings
        codes.append(finding.problem.code)
    assert codes == ["E-NO-UPLOAD", "E-FILE-KIND", "E-TYPE", "E-TYPE", "E-TYPE", "E-TYPE"]


def test_accepted_files_are_patterns_and_suffixes() -> None:
    """`accept` takes suffixes and kinds, as a list or separated by commas."""
    for accept, fits in (("image/*", True), (".png", True), (".jpg, image/png", True), ([".jpg"], False)):
        photo = Input(name="photo", kind="image", label="Photo", options={"accept": accept})
        checked = check_form([photo], {"photo": {"file": "cat"}}, find_upload=find_upload)
        assert (checked.findings == ()) is fits


def test_a_tick_that_is_needed() -> None:
    """A required checkbox has to be ticked."""
    box = Input(name="agree", kind="checkbox", label="Consent", required=True)
    assert check_form([box], {"agree": False}, find_upload=find_upload).findings == (
        Finding(
            input="agree",
            problem=InvalidValue(
                code="E-REQUIRED",
                message="Consent is needed",
                expected="a tick",
                found="nothing",
                repair="tick it",
            ),
        ),
    )
    assert check_form([box], {"agree": True}, find_upload=find_upload).findings == ()


def test_zero_is_a_value() -> None:
    """A required number may be 0."""
    number = Input(name="n", kind="number", label="N", required=True)
    assert check_form([number], {"n": 0}, find_upload=find_upload).values == {"n": 0}


def test_what_is_hidden_is_not_required() -> None:
    """A visitor cannot fill in what is not shown; a value that is sent for it must still fit."""
    needed = Input(name="n", kind="text", label="N", required=True, options={"max_length": 3})
    assert check_form([needed], {}, find_upload=find_upload).findings != ()
    hidden = check_form([needed], {}, find_upload=find_upload, hidden={"n"})
    assert (hidden.findings, set(hidden.values)) == ((), {"n"})
    (finding,) = check_form([needed], {"n": "long"}, find_upload=find_upload, hidden={"n"}).findings
    assert finding.input == "n"


def test_a_mask_is_an_upload_of_its_own() -> None:
    """Both ids are looked up; one that is not there is named."""
    photo = Input(name="photo", kind="image", label="Photo", options={"mask": True})
    given = {"photo": {"file": "cat", "mask": "cat"}}
    plain = {"path": "/tmp/1", "name": "cat.png", "mime": "image/png"}  # noqa: S108 (never opened)
    checked = check_form([photo], given, find_upload=find_upload)
    assert checked.values == {"photo": {**plain, "mask": plain}}
    for wrong in ("dog", 1, ["cat"]):
        checked = check_form([photo], {"photo": {"file": "cat", "mask": wrong}}, find_upload=find_upload)
        (finding,) = checked.findings
        assert (finding.problem.code, finding.problem.expected) == (
            "E-NO-UPLOAD",
            "the id of one of your uploads",
        )
