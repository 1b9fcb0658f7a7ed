"""`pakt simulate` at a terminal: bad input is one line and exit code 2."""

from pathlib import Path

import pytest

from ops.simulate.cli import run


@pytest.mark.parametrize(
    "argv",
    [
        ["--journeys", "0"],
        ["--journeys", "many"],
        ["--months", "49"],
        ["--seed", "x"],
        ["--mix", "/nowhere/mix.toml"],
        ["--colour"],
    ],
)
def test_bad_input_is_one_line_and_code_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(argv) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_a_mix_that_is_no_toml_names_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "mix.toml"
    wrong.write_text("life = 3 = 4", "utf-8")
    assert run(["--mix", str(wrong)]) == 2
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert "Die Mischung ist fehlerhaft, Feld „mix“" in said
