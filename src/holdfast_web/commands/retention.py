"""``holdfast retention``: records that have been kept for long enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from holdfast_web.commands.django import started

if TYPE_CHECKING:
    from holdfast_web.keeping.queries.records import RecordLine


def retention(
    years: Annotated[
        int,
        typer.Option(help="How long, where an agreement doesn't say.", min=1, max=100),
    ] = 7,
    erase: Annotated[
        bool, typer.Option("--erase", help="Ask for each whether to erase it, name by name.")
    ] = False,
) -> None:
    """List the closed records whose time is over; none is erased without being asked.

    Transcripts go by themselves once their time is over, as the agreement promises.
    """
    with started():
        from holdfast_web.analysis.retention import remove_all_outdated
        from holdfast_web.keeping.queries.records import records_past_their_time
        from holdfast_web.keeping.unfinished import erase_unfinished

        erased = remove_all_outdated()
        if erased:
            typer.echo(f"{erased} transcript(s) erased, kept for as long as agreed.")
        unfinished = erase_unfinished()
        if unfinished:
            typer.echo(f"{unfinished} intake(s) erased that were never handed in.")
        found = records_past_their_time(years)
        for one in found:
            typer.echo(
                f"{one.number}  {one.name}: care ended {one.term.ended_at:%Y-%m-%d}, to be kept "
                f"until {one.term.until} ({one.term.years} years, "
                f"{'as agreed' if one.term.agreed else 'no agreement says how long'})"
            )
        if not found:
            typer.echo("No record has been kept for longer than it should be.")
        elif not erase:
            typer.echo(f"{len(found)} record(s). To erase: holdfast retention --erase")
        else:
            _ask_for_each(found)


def _ask_for_each(found: tuple[RecordLine, ...]) -> None:
    from holdfast_web.keeping.actions import erase_record

    typer.echo(
        "Type a name to erase that record for good; anything else leaves it. Does a law, a "
        "complaint or a claim make you keep it? Then leave it."
    )
    for one in found:
        told = typer.prompt(f"{one.number}  {one.name}", default="", show_default=False)
        if told.strip().casefold() != one.name.strip().casefold():
            typer.echo("It stays.")
            continue
        erase_record(by=None, client=one.client)
        typer.echo("Erased.")
