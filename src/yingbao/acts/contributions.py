"""缴费: payments recorded at the counter, or loaded from the file of a channel."""

from __future__ import annotations

from dataclasses import dataclass

from yingbao.acts import collecting, intake
from yingbao.acts.act import Act, Role, act
from yingbao.acts.collecting import Coming
from yingbao.acts.errors import FileRefused, PaymentRefused
from yingbao.acts.registry import person_of
from yingbao.formats.rosters import REASONS, RosterReading
from yingbao.rules.collecting import Asked
from yingbao.store import people
from yingbao.store.people import NewFact
from yingbao.values.money import Fen


@dataclass(frozen=True)
class Recorded:
    """A payment as kept. ``repeated``: it was kept before, nothing was done. ``collected_fen``: new money in 收入户."""

    reference: str
    repeated: bool
    collected_fen: Fen


@act("contribution.record", needs=Role.MAKER)
def record(act: Act, asked: Asked, *, channel: str, serial: str) -> Recorded:
    """Record one payment. The same channel and serial again has no effect.

    Raises UnknownPerson, and PaymentRefused for another amount under the same serial, an amount that is no tier, or a
    year that does not fit.
    """
    person_of(act.pool, asked.person_id)
    said = collecting.judge(act, [Coming(asked, collecting.reference_of(channel, serial))])[0]
    if said.why == collecting.KNOWN:
        act.nothing_done()
        return Recorded(said.reference, repeated=True, collected_fen=0)
    if said.why or asked.day > act.on:
        why = REASONS[said.why].zh if said.why else "缴费日期晚于业务日期。"
        raise PaymentRefused(serial=f"{channel}:{serial}", why=why)
    fact = NewFact(asked.person_id, asked.kind, asked.day, None, str(asked.year), asked.fen, None, said.reference)
    people.add_facts(act.pool, act.seq, act.on, [fact], None)
    act.wrote(fact=1)
    fen = collecting.collect(act, [fact], f"收缴 {said.reference}")
    act.about(f"person {asked.person_id}", kind=asked.kind.key, year=asked.year, fen=asked.fen, reference=said.reference)
    return Recorded(said.reference, repeated=False, collected_fen=fen)


@act("contribution.load", needs=Role.MAKER)
def load(act: Act, reading: RosterReading, *, channel: str | None = None) -> intake.Loaded:
    """Load a channel's file: payments that stand, what waits with its reason, everything in its raw form.

    ``channel``: of the rows that do not say theirs. The same file, or the same serials in another, change nothing.
    Raises FileRefused.
    """
    if reading.kind != intake.PAYMENTS:
        raise FileRefused(file=reading.file, why="不是缴费明细。名册请用 yingbao roster load。")
    for one in reading.records:
        one.fields.channel = one.fields.channel or channel
    return intake.keep(act, reading, data_month=None, partial=True, confirm_changes=False)

