"""Every reason a row can carry: the 44 kinds of dirt, and the plain ones beside them.

``effect`` is what happens: ``fixed`` (safe, automatic, kept in the notes), ``asked`` (quarantined, goes
back to who sent it), ``blocked`` (quarantined; cannot enter money), ``informative`` (kept and said),
``ignored`` (a row that is not a person) and ``refused`` (the whole file).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. ``number`` is the kind of dirt, 1 to 44, or None; ``zh`` says what is wrong and what to do."""

    code: str
    number: int | None
    effect: str
    severity: str
    zh: str
    en: str

    @property
    def quarantines(self) -> bool:
        """The row waits: it is not stored as fact. A question of low severity keeps the row."""
        return self.effect in ("asked", "blocked") and self.severity != "low"


# code | kind | effect | severity | zh | en
_TABLE = """
id_in_numeric_cell|1|asked|high|身份证号在数字格式的单元格里，末几位已失真（校验码碰巧相符也不能用）。请把该列设为文本后重新填写18位号码。|The ID is in a numeric cell and has lost digits. Make the column text and type the number again.
id_blanks|2|fixed|low|身份证号中有空格或换行，已去除。|Blanks inside the ID were removed.
id_full_width|3|fixed|low|身份证号是全角字符，已转为半角。|Full-width characters of the ID were made plain.
id_apostrophe|4|fixed|low|身份证号前带有引号，已去除。|A quotation mark before the ID was removed.
id_lower_x|5|fixed|low|身份证号末位小写x，已改为大写X。|The last x of the ID was made a capital X.
id_x_lookalike|6|fixed|low|身份证号末位用了形似X的字符，校验码为X，已改正。|A look-alike of X was replaced; the check digit agrees.
id_x_lookalike_wrong|6|asked|high|身份证号末位是形似X的字符，但校验码不是X。请核对原件。|The last character looks like X but the check digit is not X. Check the document.
id_letter_for_digit|7|asked|high|身份证号中有字母（如O、l），疑为0、1。请核对原件后改正；候选号码见处理页。|Letters stand where digits should (O for 0, l for 1). Check the document.
id_15_digits|8|fixed|normal|15位旧号码，已升为18位并保留旧号；请核对本人现用号码。|An old 15-digit number was upgraded and kept as an alias. Compare it with the present number.
id_check_digit|9|blocked|high|身份证号校验码不符，不能进入发放。请核对原件；确属公安历史错号的，须附证明按例外审批。|The check digit is wrong. Check the document; a historic number needs proof and approval.
id_impossible_date|10|blocked|high|身份证号中的出生日期不存在。请核对原件。|The birth date inside the ID does not exist. Check the document.
id_future_or_over_115|11|asked|high|身份证号中的出生日期在未来或年龄超过115岁。请核对本人是否健在及号码是否有误。|The ID says a birth in the future or an age over 115. Check the person and the number.
birth_differs_from_id|12|asked|normal|出生日期与身份证号不一致（可能填了农历）。匹配以身份证号为准；请核对后改正出生日期。|The birth date differs from the ID (maybe a lunar date). The ID counts; correct the column.
sex_differs_from_id|13|asked|low|性别与身份证号不一致。本行已保留，以身份证号为准，请核对。|The sex differs from the ID. The row is kept and the ID counts; please check.
disability_card_in_id|14|fixed|low|身份证号列是20位残疾证号，已拆成身份证号、类别和等级。|A 20-digit disability card number was split into ID, type and level.
disability_card_not_of_id|14|asked|normal|残疾证号的前18位与身份证号不一致。请核对残疾证和身份证。|The card number does not begin with the ID. Check both.
disability_level_differs|14|asked|normal|残疾证号中的类别或等级与表中所填不一致。请核对残疾证。|The card's type or level differs from the column. Check the card.
id_two_in_cell|15|asked|high|一个单元格里有两个身份证号。请确认哪一个有效，只保留一个。|Two ID numbers in one cell. Keep the valid one.
id_of_head_repeated|16|asked|high|户内各人都填了同一个身份证号（疑为户主的）。请逐人填写本人号码。|All members carry the same ID (the head's?). Write each person's own.
same_id_different_names|17|asked|high|同一身份证号对应不同姓名。请核对哪个姓名正确。|One ID, different names. Check which name is right.
same_name_different_ids|18|asked|normal|同名同生日同村，身份证号不同，疑为同一人换号。请核对并提供换号证明。|Same name, birthday and village, different IDs: maybe a changed number. Check and prove.
name_blanks|19|fixed|low|姓名中的空格已去除。|Blanks inside the name were removed.
name_middle_dot|20|fixed|low|姓名间隔号已统一为“·”。|The middle dot of the name was made uniform.
name_unknown_character|21|asked|high|姓名中有“?”“□”或无法显示的字。请按户口簿写出该字，打不出的用拼音注明。|The name has an unknown character. Write it as in the household book.
name_has_remark|22|fixed|low|姓名中夹有备注，已移到备注栏。|A remark inside the name was moved to the remark.
name_traditional_form|23|informative|low|姓名用了繁体或异体字，保留原样，按简体比对。|The name has traditional characters: kept, compared in simplified form.
name_former|24|informative|low|有曾用名，作为线索保留，须凭证明登记为别名。|A former name is kept as a hint; it needs proof.
layout_title_rows|25|informative|low|表头上方有标题行或表头为多行，已识别。|Title rows or several heading rows were recognised.
layout_meaning_in_name|26|informative|low|工作表名或文件名含有镇、单位或类别，已作为内容采用。|The sheet or file name says the town, unit or category; it was used.
row_total|27|ignored|low|合计行，不是人员；已用作控制总数。|A total row, used as a control total.
row_signature|27|ignored|low|签字盖章行，不是人员。|A signature row.
row_note|27|ignored|low|说明行，不是人员。|A note row.
control_total_mismatch|27|refused|high|合计数与明细不符：{label} 写的是 {stated}，明细为 {found}。请提供单位核对后重发。|The total does not match: {label} says {stated}, the rows give {found}. Ask the bureau.
layout_household_wide|28|informative|low|一户一行，已拆成一人一条，保留户号和户内身份。|One household a row: split into one record a person.
layout_cards|28|informative|low|一人一张的卡片，已按卡片逐张读入；退回时成表，一人一行。|Cards of one person each: each was read; what goes back is a table.
layout_side_by_side|28|informative|low|同一张工作表上有几张并排的表，已逐张读入。|Several tables stand side by side on one sheet; each was read.
layout_merged_down|29|fixed|low|合并单元格的内容已在合并范围内向下补齐。|Merged cells were filled down inside their range.
row_hidden|30|asked|normal|该行（或工作表）被隐藏或筛选掉。请确认是否应导入。|The row or sheet is hidden. Confirm that it should be imported.
cell_error|31|asked|high|单元格是错误值（如#N/A）。请填写实际内容。|The cell holds an error value. Write the content.
cell_formula|31|asked|normal|单元格是公式，结果可能已过期。请粘贴为数值后核对。|The cell is a formula whose result may be old. Paste as value and check.
cell_formula_used|31|informative|low|单元格是公式，已采用其结果与身份证号核对。|A formula's result was used for comparison only.
date_reformed|32|fixed|low|日期写法已统一。|The date was brought to one form.
date_impossible|32|asked|normal|日期“{text}”不可能：早于出生，或晚于名册月份。请核对年份。|The date '{text}' cannot be: before the birth or after the month of the list. Check the year.
date_ambiguous|32|asked|normal|日期“{text}”看不准（两位年份、缺日或写法不明）。请写成 2018-09-06 这样的形式。|The date '{text}' is ambiguous. Write it like 2018-09-06.
amount_reformed|33|fixed|low|金额中的单位或千分号已去除。|Unit or separators of the amount were removed.
amount_unclear|33|asked|normal|金额“{text}”看不准。请写成 350.00 这样的数字（元）。|The amount '{text}' is unclear. Write yuan like 350.00.
person_in_several_categories|34|informative|low|同一人属于多个类别：各类别都保留，资金只算一次。|One person in several categories: all are kept, money counts once.
person_in_two_places|35|informative|normal|同一人出现在两个镇村。两地都可见；以最新证据和户籍为准。|One person in two places: both see it; the latest evidence and registration count.
roster_stale|36|refused|high|名册与上期相比变动过大或疑为旧文件（{why}）。请与提供单位核对数据月份。|The roster changed too much or is old ({why}). Check its month with the bureau.
wrong_month|36|refused|high|文件写明是{found}的数据，本次要导入的是{wanted}。请核对。|The file says {found}, the import is for {wanted}. Check.
row_of_another_month|36|asked|normal|本行的数据月份与名册不同。请核对是否为旧数据。|The row's month is not the roster's. Check whether it is old.
text_garbled|37|asked|high|文字已乱码。请从原系统重新导出。|The text is garbled. Export it again.
household_not_all_protected|38|asked|normal|家庭人口多于保障人口，又没有注明谁是保障对象。请逐人注明。|More in the household than protected, and no mark who is. Mark each person.
member_not_protected|38|ignored|low|家庭成员，注明不是保障对象。|A household member marked as not protected.
person_died|39|informative|high|注明已死亡：按疑似死亡处理，不新增代缴，并告知提供单位。|Said to have died: treated as a suspected death.
person_moved_out|40|asked|normal|注明已迁出。请核对户籍去向。|Said to have moved out. Check the registration.
register_state_missing|40|refused|high|名单没有“管理状态”列，名称和标题也没有写明是迁出人员，看不出谁已迁出。请提供单位补上状态，或只发迁出人员名单。|The list has no state column and no name says that these people moved out. Ask the bureau.
register_cancelled|40|asked|normal|注明户籍已注销而没有写明原因（死亡、出国、重复户口）。请向公安核实后写明。|The registration is cancelled without a reason. Ask the police which.
allowance_stopped|40|asked|normal|状态注明已停保，却没有写停到哪个月。请填写截止年月，或从名册中删去。|Said to have been stopped, without an end month. Write the end month or remove the row.
place_abolished|40|asked|normal|镇村名称已撤并（带“原”字）。请写现名。|The town or village is abolished. Write its present name.
person_in_other_scheme|41|informative|normal|注明已参加职工或机关养老保险：比对后排除，下月再核。|Said to be in another scheme: compared, excluded, checked again.
person_studying_serving_or_jailed|42|informative|normal|注明在校、服役、服刑或出境：按期限排除，到期自动再核。|Said to study, serve, be jailed or abroad: excluded until then.
age_outside_proxy|43|informative|normal|不满16周岁或已满60周岁，不在代缴年龄内；满60周岁的按待遇入口处理。|Under 16 or 60 and over: not of contribution age.
already_paid|44|informative|normal|注明本年已缴费：不重复记账，可退费或提档。|Said to have paid this year: not posted twice.
id_missing||asked|high|没有身份证号。请补填。|The ID is missing.
id_length||asked|high|身份证号位数不对（应为18位）。请核对原件。|The ID does not have 18 characters. Check the document.
id_characters||asked|high|身份证号中有不应出现的字符。请核对原件。|The ID has characters that do not belong. Check the document.
person_not_read|28|asked|normal|“{text}”里还有一个人的身份证号没有读入。请把每个人的姓名、身份证号各写一格；不是名册上的人，用 --column 标题= 指明不用这一列。|Another person's ID stands in a column that is not read. Give each person cells of his own, or say --column HEADING= if he is not of the list.
name_not_read|28|asked|normal|“{text}”里还有别人的姓名，没有身份证号，没有读入。请给每个人写明姓名和身份证号；不是名册上的人，用 --column 标题= 指明不用这一列。|Somebody else is named in a column that is not read, without an ID. Give each person name and ID, or say --column HEADING= if he is not of the list.
name_and_id_together||fixed|low|姓名和身份证号写在一格，已分开。|Name and ID stood in one cell; they were taken apart.
cell_comment||informative|normal|单元格有批注：“{text}”，已作备注。|The cell has a comment: '{text}'; it was read as a remark.
name_missing||asked|high|没有姓名。请补填。|The name is missing.
name_not_a_name||asked|normal|姓名不像人名。请核对。|The name does not look like one. Check.
sex_unclear||informative|low|性别写法不明，以身份证号为准。|The sex is unclear; the ID counts.
category_unknown||asked|normal|救助类型“{text}”不认识。请写全额、差额，或城市低保、农村低保、特困。|The category '{text}' is unknown.
poverty_flag_unclear||asked|normal|脱贫标注“{text}”看不准，或与脱贫年度矛盾。请核对。|The poverty flag '{text}' is unclear or contradicts the year.
disability_level_unclear||asked|normal|残疾等级“{text}”看不准。请写一级至四级。|The disability level '{text}' is unclear.
answer_unclear||asked|normal|“{text}”不是“是”或“否”。请写是或否。|'{text}' is neither yes nor no.
protected_flag_unclear||asked|normal|保障标识“{text}”看不准。请写是或否。|The mark '{text}' is unclear: write yes or no.
status_unknown||asked|normal|状态“{text}”不认识。请按代码表填写。|The status '{text}' is unknown.
death_date_missing||informative|normal|没有死亡日期，按疑似死亡处理。|No date of death: treated as suspected.
number_unclear||asked|normal|“{text}”不是整数。请核对。|'{text}' is not a whole number.
account_number_bad||asked|normal|银行账号应为8至32位数字的文本。请核对。|The bank account must be 8 to 32 digits as text.
division_unknown||asked|normal|行政区划代码“{text}”不是12位数字。请核对。|The division code '{text}' does not have 12 digits.
row_title||ignored|low|标题行。|A title row.
row_heading||ignored|low|表头行。|A heading row.
row_blank||ignored|low|空行。|A blank row.
row_duplicate||ignored|low|与前面一行完全相同，只计一次。|The same as an earlier row; counted once.
row_duplicate_conflict||asked|normal|同一人在本表出现两次而内容不同。请核对保留哪一行。|The same person twice with different contents. Check which row counts.
sheet_without_people||ignored|low|该工作表没有人员名单。|The sheet has no list of persons.
member_of_rejected_household||asked|normal|同户他人有误，整户退回核对。|Another member is wrong: the whole household goes back.
poverty_flag_missing||informative|normal|名册没有脱贫标注列，不能判断是否“未标注脱贫”。|The roster has no column saying who is flagged out of poverty.
payment_not_a_tier||asked|normal|金额不是该年度本人可选的缴费档次（困难群体可缴保留档次，代缴对象可只缴超出代缴的部分）。请核对金额和年度。|The amount is no tier that this person may choose for the year. Check amount and year.
payment_wrong_year||asked|normal|缴费年度与缴费日期不符：当年只缴当年，以前年度按补缴，以后年度不预收。请核对。|The year does not fit the day of payment: this year's own, earlier ones as make-up. Check.
payment_serial_used||asked|high|同一渠道流水号已按另一人、另一年度或另一金额入库。请向渠道核对流水号。|This channel's serial number is kept already with another person, year or amount. Ask the channel.
payment_known||ignored|low|同一渠道流水号已经入库，只计一次。|This channel's serial number is kept already; counted once.
payment_channel_unknown||asked|normal|缴费渠道“{text}”不认识。请写银行、税务、柜台或手机。|The channel '{text}' is unknown.
payment_type_unknown||asked|normal|缴费类型“{text}”不认识。请写正常、补缴或集体补助。|The type of payment '{text}' is unknown.
profile_headings_changed||informative|normal|表头与保存的列对照不同，已重新识别。请核对列对照。|The headings differ from the saved profile; they were recognised anew.
column_by_content||informative|normal|“{text}”列按内容识别。请核对列对照。|The column '{text}' was recognised by its contents. Check.
kind_differs||informative|normal|工作表“{text}”看起来是另一种名册。请核对。|Sheet '{text}' looks like another roster. Check.
"""

REASONS: dict[str, Reason] = {}
for _line in _TABLE.strip().splitlines():
    _code, _number, _effect, _severity, _zh, _en = _line.split("|")
    REASONS[_code] = Reason(_code, int(_number) if _number else None, _effect, _severity, _zh, _en)

# The kind of dirt → its codes, the first being the usual one.
CODES_BY_KIND: dict[int, tuple[str, ...]] = {
    number: tuple(reason.code for reason in REASONS.values() if reason.number == number) for number in range(1, 45)
}
