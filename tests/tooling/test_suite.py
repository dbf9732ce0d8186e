"""The runner itself: what did not run must never look like success."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tooling import suite

REPORT = """<testsuites><testsuite>
<testcase classname="a" name="one"/>
<testcase classname="a" name="two">{inside}</testcase>
</testsuite></testsuites>"""


@pytest.mark.parametrize("inside", ["<failure/>", "<error/>", '<skipped message="no browser"/>'])
def test_failed_broken_and_skipped_all_count_as_failed(tmp_path: Path, inside: str) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(inside=inside))
    outcome, ran = suite.read_report("tests", report)
    assert (outcome.passed, outcome.failed, ran) == (1, 1, {"a::one", "a::two"})


def test_all_well(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(inside=""))
    assert suite.read_report("tests", report)[0].all_well


def test_no_report_and_no_tests_are_failures(tmp_path: Path) -> None:
    assert suite.read_report("tests", tmp_path / "none.xml")[0].failed == 1
    empty = tmp_path / "empty.xml"
    empty.write_text("<testsuites/>")
    assert suite.read_report("tests", empty)[0].failed == 1


def test_the_two_databases_must_have_run_the_same() -> None:
    assert suite.same_tests({"a", "b"}, {"a", "b"}).all_well
    assert not suite.same_tests({"a", "b"}, {"a"}).all_well
    assert not suite.same_tests({"a"}, {"b"}).all_well


def test_the_parts_are_all_tests_on_each_database_and_no_test_twice() -> None:
    plain = [part for part in suite.PARTS if suite.BOTH in part.arguments]
    for database in ("sqlite", "postgres"):
        folders = [part.arguments[:-2] for part in plain if part.database == database]
        assert sorted(folders) == [("tests", "--ignore=tests/access"), ("tests/access",)]
    assert [part.arguments for part in suite.PARTS if part not in plain] == [
        ("-m", "browser"),
        ("-m", "bare and not browser and not once"),
        ("tests/proof", "-m", "once"),
    ]
