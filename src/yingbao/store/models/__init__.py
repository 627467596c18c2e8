"""One file a model. A model with ``append_only = True`` is guarded by triggers on both databases."""

from __future__ import annotations

from yingbao.store.models.audit_event import AuditEvent
from yingbao.store.models.audit_head import AuditHead
from yingbao.store.models.bank_answer import BankAnswer
from yingbao.store.models.bank_batch import BankBatch
from yingbao.store.models.bank_line import BankLine
from yingbao.store.models.closed_year import ClosedYear
from yingbao.store.models.done_generation import DoneGeneration
from yingbao.store.models.done_step import DoneStep
from yingbao.store.models.fact import Fact
from yingbao.store.models.fact_change import FactChange
from yingbao.store.models.journal_entry import JournalEntry
from yingbao.store.models.key_fingerprint import KeyFingerprint
from yingbao.store.models.match_case import MatchCase
from yingbao.store.models.match_decision import MatchDecision
from yingbao.store.models.officer import Officer
from yingbao.store.models.opening_total import OpeningTotal
from yingbao.store.models.person import Person
from yingbao.store.models.person_alias import PersonAlias
from yingbao.store.models.policy_version import PolicyVersion
from yingbao.store.models.pool import Pool
from yingbao.store.models.posting import Posting
from yingbao.store.models.record_decision import RecordDecision
from yingbao.store.models.run import Run
from yingbao.store.models.run_line import RunLine
from yingbao.store.models.source_block import SourceBlock
from yingbao.store.models.source_file import SourceFile
from yingbao.store.models.source_record import SourceRecord

__all__ = [
    "AuditEvent",
    "AuditHead",
    "BankAnswer",
    "BankBatch",
    "BankLine",
    "ClosedYear",
    "DoneGeneration",
    "DoneStep",
    "Fact",
    "FactChange",
    "JournalEntry",
    "KeyFingerprint",
    "MatchCase",
    "MatchDecision",
    "Officer",
    "OpeningTotal",
    "Person",
    "PersonAlias",
    "PolicyVersion",
    "Pool",
    "Posting",
    "RecordDecision",
    "Run",
    "RunLine",
    "SourceBlock",
    "SourceFile",
    "SourceRecord",
]
