"""Refusals of acts. Each says who or what stands in the way and what to do."""

from __future__ import annotations

from yingbao.store.errors import NotOpened as NotOpened  # noqa: PLC0414 - kept by the store, raised by acts too
from yingbao.store.errors import UnknownPerson as UnknownPerson  # noqa: PLC0414
from yingbao.store.errors import UnknownPool as UnknownPool  # noqa: PLC0414
from yingbao.values.errors import YingbaoError


class UnknownOfficer(YingbaoError):
    """No such login, or the officer is no longer active."""

    zh = "没有名为“{login}”的在岗经办人员。请用 yingbao officer add 登记，或检查 --by。本次没有写入任何数据。"
    en = "There is no active officer '{login}'. Register one with 'yingbao officer add'. Nothing was written."


class OfficerLeft(UnknownOfficer):
    """The officer has left: no act is his any more."""

    zh = "{officer}（{login}）已经离岗，不能再办理。回岗的由系统管理员用 officer add --change 重新登记。本次没有写入任何数据。"
    en = "{officer} ({login}) has left and can do nothing more. An administrator lets him back: officer add --change. Nothing was written."


class UnknownRole(YingbaoError):
    """A word that is no role."""

    zh = "没有“{role}”这种权限。可用：{known}。本次没有写入任何数据。"
    en = "There is no role '{role}'. Known: {known}. Nothing was written."


class OfficerExists(YingbaoError):
    """Somebody with this login is there already, with another name or other roles."""

    zh = "登录名 {login} 已是 {name}（{roles}）。要改他的姓名或权限，请加 --change。本次没有写入任何数据。"
    en = "The login {login} is {name} ({roles}) already. To change name or roles add --change. Nothing was written."


class OfficerElsewhere(YingbaoError):
    """The login belongs to an officer of another pool, or of all pools: not this administrator's to change."""

    zh = "登录名 {login} 是{where}的人员，不由统筹区 {pool} 登记或修改。请换一个登录名。本次没有写入任何数据。"
    en = "The login {login} belongs to {where_en}; pool {pool} cannot register or change it. Choose another login. Nothing was written."


class PoolFounded(YingbaoError):
    """The pool is there already: its administrators register others."""

    zh = "统筹区 {pool} 已经建立，不能这样增加系统管理员 {login}。请由现有系统管理员用 yingbao officer add 登记。本次没有写入任何数据。"
    en = "Pool {pool} is founded already; its administrator registers {login} with 'yingbao officer add'. Nothing was written."


class NameTaken(YingbaoError):
    """One person with two logins could check what he made: two officers of a pool never bear one name."""

    zh = (
        "登录名 {login} 是（或曾是）“{name}”。一人只用一个登录名，离岗后回来也用原来的（officer add --change）；"
        "确是同名的另一个人，请在姓名后注明，如“{name}（城南）”。本次没有写入任何数据。"
    )
    en = "The officer {login} is, or was, called '{name}' too. One person has one login; mark a namesake in the name. Nothing was written."


class NotOneself(YingbaoError):
    """Nobody gives or takes his own rights; so a pool always keeps an administrator."""

    zh = "{officer} 不能改自己的权限，也不能给自己办离岗。请另一位系统管理员办理（没有的，先登记一位）。本次没有写入任何数据。"
    en = "{officer} cannot change his own roles or end himself. Another administrator must: register one first. Nothing was written."


class OfficerHoldsRun(YingbaoError):
    """Somebody who leaves, or makes nothing any more, hands his drafts in first."""

    zh = "{officer} 拟定的批次 {run} 还没有提交。请先由他或另一位经办提交（run submit）或作废（run void）。本次没有写入任何数据。"
    en = "Run {run}, drafted by {officer}, is not submitted. He or another maker submits or voids it first. Nothing was written."


class NotAllowed(YingbaoError):
    """The officer lacks the role, or belongs to another pool. Takes ``what``, the verb in Chinese, too."""

    zh = "{officer} 没有“{role}”权限，不能在统筹区 {pool} 办理“{what}”。本次没有写入任何数据。"
    en = "{officer} lacks the role '{role}' to do '{what}' in pool {pool}. Nothing was written."


class MakerCannotApprove(YingbaoError):
    """Two officers, always."""

    zh = "{officer} 是批次 {run} 的经办人，不能复核自己的批次。请另一位复核人员办理。本次没有写入任何数据。"
    en = "{officer} made run {run} and cannot approve it. Another officer must. Nothing was written."


class RunAlreadyOpen(YingbaoError):
    """Somebody already holds a run of this kind and period."""

    zh = "{period} 的{kind}批次 {run} 正由 {holder} 办理（{state}）。请先办结或作废它。本次没有写入任何数据。"
    en = "Run {run} ({kind}, {period}) is held by {holder} ({state}). Finish or void it first. Nothing was written."


class LaterMonthBooked(YingbaoError):
    """Payrolls go forward: what is owed for earlier months is in the next run as arrears."""

    zh = (
        "{later} 的养老金已经记账（批次 {run}），不能再拟定更早的 {month}。"
        "以前月份的差额会在下一批次自动补发或追回。本次没有写入任何数据。"
    )
    en = "The payroll of {later} is booked (run {run}); {month} cannot be drafted after it. The next run carries its gap."


class WrongState(YingbaoError):
    """The transition table has no such step."""

    zh = "批次 {run} 现为“{state}”，不能“{step}”。本次没有写入任何数据。"
    en = "Run {run} is '{state}' and cannot '{step}'. Nothing was written."


class UnknownRun(YingbaoError):
    """No run of that number in the pool."""

    zh = "统筹区 {pool} 没有批次 {run}。"
    en = "There is no run {run} in pool {pool}."


class InputsMoved(YingbaoError):
    """What the run rests on has changed since it was drafted."""

    zh = (
        "批次 {run} 拟定以后，依据的事实或政策有变化：{persons} 人、相差 {fen_text} 元（{sample}）。"
        "请作废后重新拟定。本次没有写入任何数据。"
    )
    en = (
        "Since run {run} was drafted its inputs moved: {persons} persons, {fen_text} yuan ({sample}). "
        "Void it and draft again. Nothing was written."
    )


class LinesChanged(YingbaoError):
    """The frozen lines no longer have the approved hash: somebody got at the database."""

    zh = "批次 {run} 的明细与复核时的指纹不一致，已拒绝执行。请立即联系系统管理员和审计。本次没有写入任何数据。"
    en = "The lines of run {run} do not have the approved hash. Refused. Call the administrator and audit."


class MoneyNotArrived(YingbaoError):
    """Contributions are posted only when the money is there."""

    zh = "批次 {run} 需要 {needed} 元，已到账 {arrived} 元。请在到账后再记账。本次没有写入任何数据。"
    en = "Run {run} needs {needed} yuan; {arrived} have arrived. Post it when the money is there. Nothing was written."


class VoucherUsed(YingbaoError):
    """A voucher that is booked already, with another amount."""

    zh = "凭证 {voucher} 已按 {before} 元入账，不能再按 {fen} 元入账。请核对凭证号和金额。本次没有写入任何数据。"
    en = "Voucher {voucher} is booked with {before} yuan already, not {fen}. Check it. Nothing was written."


class BadFact(YingbaoError):
    """A fact that cannot be so."""

    zh = "“{kind}”不能这样登记：{why}。请核对。本次没有写入任何数据。"
    en = "The fact '{kind}' cannot be told like this: {why_en}. Nothing was written."


class UnknownFact(YingbaoError):
    """No fact of that number, or it is withdrawn already."""

    zh = "没有编号为 {fact} 的有效事实，可能已经撤销。本次没有写入任何数据。"
    en = "There is no standing fact {fact}; it may be withdrawn already. Nothing was written."


class UnknownBatch(YingbaoError):
    """A return file for a batch we never sent."""

    zh = "回盘文件 {file} 的批次号 {number} 不是本统筹区报盘的批次。已整份拒收，本次没有写入任何数据。"
    en = "The return file {file} answers batch {number}, which this pool never sent. Refused whole."


class FileRefused(YingbaoError):
    """A roster or register that cannot be loaded as a whole."""

    zh = "文件 {file} 不能入库：{why} 本次没有写入任何数据。"
    en = "The file {file} cannot be loaded: {why} Nothing was written."


class OlderThanFollowed(YingbaoError):
    """A roster of a month before the newest loaded one of its kind."""

    zh = "文件 {file} 是 {month} 的“{kind}”名册，而 {newest} 的已经入库。名册只能往后接。本次没有写入任何数据。"
    en = "The file {file} is the '{kind}' roster of {month}, but that of {newest} is loaded. Nothing was written."


class TooManyChanges(YingbaoError):
    """More people left than a month usually sees: probably the wrong or a partial file."""

    zh = (
        "文件 {file} 与上期相比减少 {left} 人（上期 {before} 人），超过 {limit}%。可能取错月份或只是部分名册。"
        "核实后用 --leaving {left} 入库，部分名册用 --partial。本次没有写入任何数据。"
    )
    en = (
        "In {file} {left} of {before} people are gone, more than {limit}%. Wrong month or a partial file? "
        "Use --leaving {left}, or --partial for a part of the roster, after checking. Nothing was written."
    )


class OtherNumberLeaves(YingbaoError):
    """The office named how many leave, and it is another number."""

    zh = "文件 {file} 与上期相比减少 {left} 人（上期 {before} 人），而 --leaving 写的是 {leaving} 人。请再核对。本次没有写入任何数据。"
    en = "In {file} {left} of {before} people are gone, and --leaving says {leaving}. Check again. Nothing was written."


class UnknownCase(YingbaoError):
    """No such match case, or it cannot be decided so."""

    zh = "没有编号为 {case} 的待比对事项，或它不能这样处理（{why}）。本次没有写入任何数据。"
    en = "There is no match case {case}, or it cannot be decided so ({why}). Nothing was written."


class TotalsDiffer(YingbaoError):
    """The opening register does not add up to the control totals the office typed in."""

    zh = "期初登记与控制数不符：{differences}。请核对文件和控制数。本次没有写入任何数据。"
    en = "The opening register differs from the control totals: {differences}. Nothing was written."


class WaiverNotSound(YingbaoError):
    """A waiver without counselling, or without two witnesses."""

    zh = "放弃意向书不完整：{why}。须先告知权益并劝导，再由两位见证人签字。本次没有写入任何数据。"
    en = "The waiver is not complete: {why}. Counsel first, then two witnesses sign. Nothing was written."


class YearClosed(YingbaoError):
    """An act dated into a year whose books are closed."""

    zh = "{year} 年度已经关闭，业务日期 {on} 不能再用。{year} 年及以前月份的差额请记在 {open} 年。本次没有写入任何数据。"
    en = "The year {year} is closed: nothing can be dated {on}. Book differences of its months in {open}. Nothing was written."


class YearNotReady(YingbaoError):
    """A year that cannot be closed yet: every reason at once."""

    zh = "{year} 年度还不能关闭：{reasons}。本次没有写入任何数据。"
    en = "The year {year} cannot be closed yet: {reasons}. Nothing was written."


class YearAlreadyClosed(YingbaoError):
    """Once is enough."""

    zh = "{year} 年度已于 {on} 关闭。本次没有写入任何数据。"
    en = "The year {year} was closed on {on}. Nothing was written."


class YearNotProposed(YingbaoError):
    """The checker closes what a maker has proposed, figure by figure."""

    zh = "{year} 年度没有与现在的数字一致的关账提请（{why}）。请经办人员重新提请。本次没有写入任何数据。"
    en = "No proposal to close {year} has the present figures ({why}). A maker must propose again. Nothing was written."


class MakerCannotClose(YingbaoError):
    """Two officers, always."""

    zh = "{officer} 提请了 {year} 年度关账，不能自己关闭。请另一位复核人员办理。本次没有写入任何数据。"
    en = "{officer} proposed to close {year} and cannot close it. Another officer must. Nothing was written."


class UnknownEnding(YingbaoError):
    """An ending, a scheme or a payee that cannot be taken as told."""

    zh = "不能这样办理终止：{reason}。可用：{known}。本次没有写入任何数据。"
    en = "Cannot be taken as an ending: {reason} (known: {known}). Nothing was written."


class EndedAlready(YingbaoError):
    """Another ending of the same relation stands: only the earliest would count, in silence."""

    zh = (
        "编号 {person} 的居保关系已自 {day} 终止（{reason}，事实 {fact}）。原来登记有误的请先撤销它，"
        "已回到居保的请先用 yingbao ending back。本次没有写入任何数据。"
    )
    en = "The relation of person {person} ended on {day} already (fact {fact}). Withdraw it, or tell that he is back. Nothing was written."


class AnotherPlacePays(YingbaoError):
    """Two counties pay a resident pension, and by the rule it is ours that goes on."""

    zh = (
        "编号 {person} 在本县自 {ours} 起领取，在外县自 {theirs} 起领取；按规定保留本县，应由外县终止。"
        "请函告外县经办机构。本次没有写入任何数据。"
    )
    en = "Person {person} is paid here since {ours} and elsewhere since {theirs}: by the rule we keep paying. Nothing was written."


class TransferRefused(YingbaoError):
    """A relation that cannot move, or cannot be taken in as told."""

    zh = "编号 {person} 不能这样转移：{why}。本次没有写入任何数据。"
    en = "Person {person} cannot be transferred so: {why}. Nothing was written."


class PaymentsHaveTheirOwnAct(YingbaoError):
    """A payment told as a plain fact would have no channel, no serial number and no money."""

    zh = "缴费和转入资金（{kind}）不能当作一般事实登记。请用 yingbao contribution record、load 或 transfer in。本次没有写入任何数据。"
    en = "Money that comes in ({kind}) is not told as a plain fact. Use 'yingbao contribution' or 'transfer in'. Nothing was written."


class PaymentRefused(YingbaoError):
    """A payment that cannot be kept."""

    zh = "流水号 {serial} 的缴费不能入库：{why} 本次没有写入任何数据。"
    en = "The payment {serial} cannot be kept: {why} Nothing was written."


class UnknownLevel(YingbaoError):
    """A level of government that bears no subsidy."""

    zh = "没有“{level}”这一级财政。可用：{known}。本次没有写入任何数据。"
    en = "There is no level '{level}'. Known: {known}. Nothing was written."
class CertificateNotSound(YingbaoError):
    """A certificate, suspicion or death that cannot be recorded so."""

    zh = "不能登记：{why}。请改正后再办。本次没有写入任何数据。"
    en = "It cannot be recorded: {why}. Nothing was written."


class NoSuspicion(YingbaoError):
    """Nobody suspects this person to be dead, so there is nothing to confirm or clear."""

    zh = "#{person} 没有正在核实的疑似死亡。请核对编号；直接登记死亡用 yingbao fact tell。本次没有写入任何数据。"
    en = "There is no open suspicion of death of #{person}. Nothing was written."


class WaiverNotAllowed(YingbaoError):
    """The law of the day lets nobody waive."""

    zh = "{on} 的规定不允许放弃（waiver/allowed）。请照常办理参保或领取。本次没有写入任何数据。"
    en = "On {on} the law (waiver/allowed) lets nobody waive. Nothing was written."
