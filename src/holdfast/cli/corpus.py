"""``holdfast corpus``: many sessions at once, into tables; a page about them; names masked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from holdfast.cli.errors import refusals

if TYPE_CHECKING:
    from holdfast.corpus.run import Outcome

STOPPED = 130
corpus = typer.Typer(
    help="Many sessions: coded into tables, summed up, or made fit for sharing.",
    no_args_is_help=True,
)
Folder = Annotated[Path, typer.Argument(help="The folder of the tables.", metavar="DIR")]
Names = list[str] | None


@corpus.command()
def analyze(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders, globs, archives, tables of utterances, or addresses.",
            metavar="PATHS…",
        ),
    ],
    out: Annotated[Path, typer.Option(help="The folder of the tables.", metavar="DIR")],
    therapist: Annotated[
        Names, typer.Option(help="A therapist's name; may be given again.", metavar="NAME")
    ] = None,
    client: Annotated[
        Names, typer.Option(help="A client's name; may be given again.", metavar="NAME")
    ] = None,
    other: Annotated[
        Names, typer.Option(help="Somebody who is neither; may be given again.", metavar="NAME")
    ] = None,
    accept_roles: Annotated[
        bool, typer.Option("--accept-roles", help="Let the model say who is who, where needed.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an earlier run stopped.")
    ] = False,
    without_words: Annotated[
        bool, typer.Option("--without-words", help="Leave the words out of the tables.")
    ] = False,
    engine: Annotated[
        str, typer.Option(help="local: on this machine. ray: on a cluster.")
    ] = "local",
    address: Annotated[
        str | None, typer.Option(help="Of the Ray cluster; without it one is started here.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(help="By default one for each core; 1 stays in this process.", min=1),
    ] = None,
    batch_tokens: Annotated[
        int, typer.Option(help="Tokens of a batch: what a kill loses at most.", min=1)
    ] = 100_000,
) -> None:
    """Code many sessions; write utterances, sessions, failures and the run as Parquet."""
    with refusals():
        from holdfast.corpus import Settings, analyze_corpus

        settings = Settings(
            tuple(therapist or ()), tuple(client or ()), tuple(other or ()),
            accept_roles, not without_words,
        )  # fmt: skip
        console = Console(stderr=True, highlight=False)
        with Bar(console) as bar:
            try:
                done = analyze_corpus(
                    paths, out, settings=settings, resume=resume, engine=engine,
                    address=address, workers=workers, batch_tokens=batch_tokens,
                    progress=bar.show,
                )  # fmt: skip
            except KeyboardInterrupt:
                bar.stop()
                console.print(f"Stopped. What is done is in {out}; go on with --resume.")
                raise typer.Exit(STOPPED) from None
        console.print(sentence(done, out))


def sentence(done: Outcome, out: Path) -> str:
    """Return what a run came to.

    Examples
    --------
    >>> from holdfast.corpus.run import Outcome
    >>> sentence(Outcome(sessions=2, utterances=90, failures=1, total=3), Path("tables"))
    'Coded 2 sessions, 90 utterances, into tables; 1 could not be (see tables/failures).'
    """
    before = f", {done.skipped:,} were done before" if done.skipped else ""
    failed = f"; {done.failures:,} could not be (see {out}/failures)" if done.failures else ""
    return (
        f"Coded {done.sessions:,} sessions, {done.utterances:,} utterances, "
        f"into {out}{before}{failed}."
    )


class Bar:
    """A bar with the rate and the time left; a line now and then where there is no terminal."""

    EVERY = 20

    def __init__(self, console: Console) -> None:
        self._console = console
        self._calls = 0
        self._task: TaskID | None = None
        self._progress = Progress(
            TextColumn("Sessions"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TextColumn("· left"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )

    def __enter__(self) -> Bar:
        """Begin to show."""
        self._progress.start()
        self._task = self._progress.add_task("", total=None, rate="reading")
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self.stop()

    def stop(self) -> None:
        """Take the bar away."""
        self._progress.stop()

    def show(self, so_far: Outcome) -> None:
        """Show how far a run has come."""
        if self._task is None:
            return
        done = so_far.sessions + so_far.skipped + so_far.failures
        self._progress.update(self._task, completed=done, total=so_far.total)
        task = self._progress.tasks[0]
        seconds = task.elapsed or 0.0
        rate = f"{so_far.sessions / seconds:.1f} a second" if seconds else ""
        self._progress.update(self._task, rate=rate)
        if not self._console.is_terminal and self._calls % self.EVERY == 0:
            left = (so_far.total - done) * seconds / max(1, so_far.sessions)
            self._console.print(
                f"{done:,} of {so_far.total:,} sessions, {rate}, about {left / 60:.0f} minutes left"
            )
        self._calls += 1


@corpus.command()
def summary(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option(help="Where the page goes. By default DIR/summary.html.")
    ] = None,
) -> None:
    """Make a page: what there is, where the numbers lie, how the coder fares, what failed."""
    with refusals():
        from holdfast.corpus.summary import summarise
        from holdfast.corpus.summary_page import render_summary
        from holdfast.reports.page_file import write_page
        from holdfast.runtime import SHIPPED
        from holdfast.runtime.card import read_card
        from holdfast.runtime.folder import CARD

        page = out or folder / "summary.html"
        write_page(page, render_summary(summarise(folder, read_card(SHIPPED / CARD))))
        typer.echo(f"The page: {page}")


@corpus.command()
def deidentify(
    paths: Annotated[list[str], typer.Argument(help="As for analyze.", metavar="PATHS…")],
    out: Annotated[Path, typer.Option(help="An empty or new folder.", metavar="DIR")],
    name: Annotated[
        Names, typer.Option(help="A name to mask; may be given again.", metavar="NAME")
    ] = None,
    names: Annotated[
        Path | None, typer.Option(help="A file with a name on each line.", metavar="FILE")
    ] = None,
) -> None:
    """Write the sessions with placeholders for names, addresses, dates and numbers."""
    with refusals():
        from holdfast.corpus.sharing import LIMITS, deidentify_corpus

        listed = names.read_text(encoding="utf-8").splitlines() if names else []
        given = [*(name or ()), *(line.strip() for line in listed if line.strip())]
        done = deidentify_corpus(paths, out, given)
        masked = ", ".join(f"{kind} {count:,}" for kind, count in done.counts.most_common())
        typer.echo(f"{done.sessions:,} sessions in {out}; masked: {masked or 'nothing'}.")
        if done.failures:
            typer.echo(f"{done.failures:,} files could not be read; see {out}/report.json.")
        typer.echo("What this can't do:")
        for limit in LIMITS:
            typer.echo(f"- {limit}")


@corpus.command()
def reference(
    folder: Folder,
    groups: Annotated[
        Path,
        typer.Option(help="A CSV file: which session is in which group.", metavar="FILE"),
    ],
    key: Annotated[
        str, typer.Option(help="Its column that names the conversation or source.")
    ] = "transcript_id",
    group: Annotated[str, typer.Option(help="Its column that names the group.")] = "mi_quality",
    out: Annotated[
        Path | None, typer.Option(help="Where the figures go; by default they are printed.")
    ] = None,
) -> None:
    """Make reference figures: the quantiles of every indicator, group by group, as TOML."""
    with refusals():
        from holdfast.corpus.reference import reference_lines

        text = "\n".join(reference_lines(folder, groups, key=key, group=group)) + "\n"
        if out is None:
            typer.echo(text)
        else:
            out.write_text(text, encoding="utf-8")
