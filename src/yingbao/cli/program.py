"""The program ``yingbao`` and its global options."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from yingbao import __version__
from yingbao.cli import (
    account_commands,
    audit_commands,
    award_commands,
    bank_commands,
    case_commands,
    certify_commands,
    contribution_commands,
    demo_commands,
    ending_commands,
    fund_commands,
    income_commands,
    law_commands,
    ledger_commands,
    office_commands,
    person_commands,
    recovery_commands,
    replay_commands,
    report_commands,
    roster_commands,
    run_commands,
    waiver_commands,
    year_commands,
)
from yingbao.cli.errors import FileTrouble, NothingTyped, ProgramFault, StoreTrouble, UnknownLanguage
from yingbao.cli.examples import EXAMPLES
from yingbao.cli.help_pages import CODES_ZH, CommandPage, GroupPage
from yingbao.cli.show import LANGUAGES, SCREEN, give, leave_closed_pipe, say, stop
from yingbao.cli.usage import understood_as
from yingbao.store.errors import StoreBusy
from yingbao.values.errors import YingbaoError

app = typer.Typer(
    name="yingbao", cls=GroupPage, epilog=CODES_ZH, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="应保：应 − 已 = 差。城乡居民基本养老保险的应保尽保与逐分可查。",
)  # fmt: skip

app.add_typer(office_commands.pool, name="pool")
app.add_typer(office_commands.officer, name="officer")
app.add_typer(roster_commands.opening, name="opening")
app.add_typer(roster_commands.roster, name="roster")
app.add_typer(roster_commands.match, name="match")
app.add_typer(person_commands.person, name="person")
app.add_typer(person_commands.fact, name="fact")
app.add_typer(waiver_commands.waiver, name="waiver")
app.add_typer(account_commands.account, name="account")
app.add_typer(award_commands.award, name="award")
app.add_typer(ending_commands.ending, name="ending")
app.add_typer(recovery_commands.recovery, name="recovery")
app.add_typer(recovery_commands.transfer, name="transfer")
app.add_typer(contribution_commands.contribution, name="contribution")
app.add_typer(certify_commands.certify, name="certify")
app.add_typer(income_commands.income, name="income")
app.add_typer(run_commands.run, name="run")
app.add_typer(fund_commands.funds, name="funds")
app.add_typer(bank_commands.bank, name="bank")
app.add_typer(ledger_commands.ledger, name="ledger")
app.add_typer(law_commands.law, name="law")
app.add_typer(case_commands.case, name="case")
app.add_typer(audit_commands.audit, name="audit")
app.add_typer(year_commands.year, name="year")
report_commands.add_to(app)
replay_commands.add_to(app)
demo_commands.add_to(app)


def _explained(group: typer.Typer, path: str = "") -> None:
    """Each group names its commands, and each command shows a line as one would type it."""
    for one in group.registered_commands:
        words = f"{path}{one.name}"
        one.cls = CommandPage
        one.epilog = f"例：yingbao {words} {EXAMPLES[words]}".rstrip()
    for part in group.registered_groups:
        inner = part.typer_instance
        assert inner is not None  # noqa: S101 - every group is one of ours
        part.cls = GroupPage
        part.help = f"{inner.info.help}：{' · '.join(str(one.name) for one in inner.registered_commands)}"
        _explained(inner, f"{path}{part.name} ")


@app.callback()
def options(
    as_json: Annotated[bool, typer.Option("--json", help="结果以 JSON 输出 (machine-readable)")] = False,
    lang: Annotated[str, typer.Option("--lang", help="zh 或 en")] = "zh",
) -> None:
    """应保."""
    SCREEN.as_json, SCREEN.lang = as_json or SCREEN.as_json, lang if lang != "zh" else SCREEN.lang


@app.command("version")
def version() -> None:
    """版本 (the version)."""
    say(__version__)
    give({"version": __version__})


_explained(app)


def main() -> None:
    """Run the program: a refusal is a sentence and code 2, never a stack of calls.

    ``--json`` and ``--lang`` may stand anywhere on the line.
    """
    arguments = _chosen(sys.argv[1:])
    try:
        left = app(args=arguments, prog_name="yingbao", standalone_mode=False)
    except YingbaoError as error:
        stop(error)
    except TyperException as error:
        _misunderstood(error)
    except typer.Abort:
        stop(NothingTyped())
    except BrokenPipeError:
        leave_closed_pipe()
    except OSError as error:
        stop(FileTrouble(file=error.filename or "?", why=error.strerror or type(error).__name__))
    except Exception as error:  # noqa: BLE001 - whatever is left is a fault of the program, and its reader may be a program too
        if not type(error).__module__.startswith("django.db"):
            traceback.print_exc()  # for whoever mends it
            stop(ProgramFault(why=type(error).__name__))
        if "database is locked" in str(error):
            stop(StoreBusy())
        # The first line only: what follows may hold a statement's values.
        stop(StoreTrouble(why=str(error).splitlines()[0] if str(error) else type(error).__name__))
    if left:
        raise SystemExit(left)


def _misunderstood(error: Any) -> NoReturn:
    """The page of help where nothing was asked, else one sentence."""
    if not SCREEN.as_json and type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        raise SystemExit(error.exit_code)
    stop(understood_as(error))


def _chosen(arguments: list[str]) -> list[str]:
    """The line without ``--json`` and ``--lang``, which are kept for the screen."""
    left: list[str] = []
    lang, rest = "zh", iter(arguments)
    for one in rest:
        if one == "--":
            left += [one, *rest]
        elif one == "--json":
            SCREEN.as_json = True
        elif one.startswith("--lang="):
            lang = one.removeprefix("--lang=")
        elif one == "--lang" and (value := next(rest, None)) is not None:
            lang = value
        else:
            left.append(one)
    if lang not in LANGUAGES:
        stop(UnknownLanguage(lang=lang, known=" ".join(LANGUAGES)))
    SCREEN.lang = lang
    return left
