"""Rosters as the bureaux send them: files in, judged records and reasons out. Pure."""

from yingbao.formats.rosters.dirt import CODES_BY_KIND, REASONS, Reason
from yingbao.formats.rosters.guard import REGISTER_LIMITS, Limits
from yingbao.formats.rosters.kinds import KINDS
from yingbao.formats.rosters.profile import Profile
from yingbao.formats.rosters.reading import read_roster
from yingbao.formats.rosters.records import Fields, Problem, Record, RosterReading
from yingbao.formats.rosters.register import RegisterReading, read_register
from yingbao.formats.rosters.write_back import write_back

__all__ = [
    "CODES_BY_KIND",
    "KINDS",
    "REASONS",
    "REGISTER_LIMITS",
    "Fields",
    "Limits",
    "Problem",
    "Profile",
    "Reason",
    "Record",
    "RegisterReading",
    "RosterReading",
    "read_register",
    "read_roster",
    "write_back",
]
