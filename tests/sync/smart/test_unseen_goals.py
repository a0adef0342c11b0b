"""Goals as colleagues of many trades write them: vague, and written anew.

Invented for this table and scored before the understanding was tuned to any of them.
"""

from sync.smart.score import GOOD
from sync.smart.text import lint_text

# Vague wording, letters it lacks, the wording that has them.
PAIRS = (
    # 销售 / sales
    ("多开发新客户", "MT", "9月30日前新签约12家年采购额50万元以上的经销商"),
    ("加大华南市场的开拓力度", "MT", "下半年华南区新增8家签约经销商，首单合计不低于300万元"),
    ("提升大客户的续约率", "MT", "年底前大客户续约率从78%提高到88%"),
    ("回款要跟紧一点", "MT", "每月25日前把逾期60天以上的应收账款压到200万元以内"),
    ("完成销售额500万", "T", "三季度完成华东区渠道销售额500万元"),
    ("三个月内做到全国销量第一", "A", "三个月内把门店月销量从120台提高到150台"),
    ("Get more enterprise customers", "MT", "Sign 6 enterprise contracts above $100k ARR by September 30"),
    ("Follow up leads faster", "MT", "Call back 90% of inbound leads within 4 hours by the end of Q3"),
    ("Close $2M in new business", "T", "Close $2M of new business in the Nordics by December 31"),
    ("Be proactive with key accounts", "SMT", "Hold a business review with each of the 15 key accounts by 31 March"),
    ("Double revenue in two weeks", "A", "Grow monthly revenue from $80k to $95k by the end of Q2"),
    # 研发 / R&D
    ("优化系统性能", "MT", "11月底前将订单查询接口的P95响应时间从1.8秒降到0.6秒"),
    ("提高代码质量", "MT", "本季度把核心模块单元测试覆盖率从52%提升到75%"),
    ("尽快上线新版支付系统", "T", "10月20日前上线新版支付系统并通过验收"),
    ("加强技术分享", "MT", "每月组织2场技术分享，全年不少于20场，平均评分4.5分以上"),
    ("降低线上故障", "MT", "四季度线上P1故障不超过2起，平均恢复时间缩短到30分钟"),
    ("一周内重写整个ERP系统", "A", "第四季度完成ERP采购模块重写并通过验收"),
    ("Pay down technical debt", "MT", "Remove 14 of the 20 deprecated API endpoints by the end of Q4"),
    ("Make the build faster", "MT", "Cut the CI build from 22 minutes to 10 minutes by October 31"),
    ("Reduce bugs", "MT", "Reduce escaped defects from 18 to 9 per release by the end of H2"),
    ("Migrate the billing service to the new platform", "T", "Migrate the billing service to Kubernetes and pass the load test by 15 November"),
    ("Learn Rust", "MT", "Complete the internal Rust course and ship one service in Rust by June 30"),
    # 人力 / HR
    ("加强企业文化建设", "SMT", "12月31日前举办4场新员工文化工作坊，参训满意度达到4.6分"),
    ("提升招聘效率", "MT", "将技术岗平均到岗周期从62天缩短到45天，9月底前达成"),
    ("做好员工关怀", "SMT", "二季度完成全部86名一线员工的入户慰问，并归档慰问记录"),
    ("降低员工流失", "MT", "全年将一线员工流失率从26%降至18%"),
    ("完善绩效考核制度", "MT", "8月15日前发布修订后的绩效管理办法，并通过总经理办公会审批"),
    ("培训新任经理", "MT", "10月底前完成24名新任经理的辅导技能培训，考核通过率90%以上"),
    ("Build a stronger employer brand", "MT", "Raise our employer rating from 3.4 to 4.0 by the end of the year"),
    ("Improve onboarding", "MT", "Bring new-hire 90-day retention from 82% to 92% by December 31"),
    ("Foster a culture of feedback", "SMT", "By June 30, 85% of employees have had two documented feedback talks"),
    ("Fill open positions as soon as possible", "MT", "Fill the 9 open engineering positions by August 31"),
    # 运营 生产 / operations
    ("保证安全生产", "MT", "全年工伤事故为零，隐患整改及时率达到98%"),
    ("降本增效", "SMT", "年底前将单台制造成本从1,260元降到1,180元"),
    ("提高设备利用率", "MT", "三季度末将注塑机综合效率从71%提升到80%"),
    ("减少库存积压", "MT", "6月底前将呆滞库存金额从430万元降到250万元"),
    ("按时交货", "MT", "第四季度订单准时交付率由91%提升至97%"),
    ("优化仓储布局", "MT", "5月31日前完成2号仓货架改造并通过验收，拣货时长缩短20%"),
    ("Run the warehouse more efficiently", "MT", "Raise lines picked per hour from 85 to 105 by the end of Q3"),
    ("Keep costs under control", "MT", "Keep freight cost below 4.2% of sales for fiscal 2026"),
    ("Improve supplier relationships", "MT", "Raise supplier on-time delivery from 86% to 94% by 30 September"),
    # 客服 / support
    ("改善客服态度", "MT", "一季度将客服差评率从4.1%降到2%以下"),
    ("更快响应客户", "MT", "7月1日起95%的在线咨询30秒内首次响应，考核期到12月31日"),
    ("提高一次解决率", "MT", "年内一次解决率从68%提高到80%"),
    ("Delight our customers", "SMT", "Raise CSAT from 4.1 to 4.5 by the end of Q4"),
    ("Handle tickets better", "MT", "Bring the share of tickets reopened from 12% to 6% by October 31"),
    # 财务 / finance
    ("加强费用管控", "MT", "全年差旅费用控制在320万元以内，比去年下降8%"),
    ("提高报表质量", "MT", "自三月起月度报表于次月第3个工作日前提交，差错为零，年底前保持"),
    ("加快月结", "MT", "9月底前月结周期从8个工作日缩短到5个工作日"),
    ("Close the books faster", "MT", "Cut the monthly close from 9 to 6 working days by the end of Q2"),
    ("Improve cash flow", "MT", "Reduce days sales outstanding from 58 to 45 by December 31"),
    ("Ensure compliance", "SMT", "Close all 11 open audit findings by 30 June"),
    # 护理 / nursing
    ("提升护理质量", "MT", "下半年将跌倒发生率从0.42‰降到0.25‰"),
    ("加强手卫生管理", "MT", "第三季度手卫生依从率从74%提升到90%"),
    ("做好患者健康教育", "MT", "年底前出院患者健康教育知晓率达到95%"),
    ("Reduce patient falls", "MT", "Reduce falls on ward 4 from 6 to 3 per month by the end of June"),
    ("Improve hand hygiene", "MT", "Raise hand hygiene compliance from 76% to 92% by September 30"),
    # 零售 / retail
    ("提升门店形象", "SMT", "5月底前完成全部12家门店的陈列整改，神秘客评分达到90分"),
    ("减少损耗", "MT", "二季度生鲜损耗率由5.8%降至4.5%"),
    ("增加会员", "MT", "双十一前新增会员3000人"),
    ("Increase footfall", "MT", "Raise weekly visitors to the Leeds store from 4,200 to 5,000 by Easter"),
    ("Sell more add-ons", "MT", "Raise attach rate of warranties from 9% to 14% in Q4 2026"),
    # 教学 / teaching
    ("提高教学质量", "MT", "本学期末高二(3)班数学及格率从81%提高到90%"),
    ("多读专业书", "MT", "暑假前读完3本课程设计专著，并提交每本2000字读书报告"),
    ("积极参加教研活动", "SMT", "本学年主持4次校级公开课，评课均分不低于85分"),
    ("Engage students more", "MT", "Raise homework submission in Year 9 from 70% to 85% by the end of term"),
    # 繁體
    ("提升客訴處理效率", "MT", "第三季前將客訴結案天數從7天縮短到3天"),
    ("加強同仁教育訓練", "MT", "12月底前每位同仁完成16小時訓練，測驗通過率達95%"),
    ("擴大市場佔有率", "MT", "年底前將北區市占率由12%提升至15%"),
    ("儘快完成系統轉換", "T", "6月30日前完成人資系統轉換並通過驗收"),
    ("強化跨部門溝通", "SMT", "每月召開1次產銷協調會，急單交期達成率於Q4提高至92%"),
)  # fmt: skip


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_letters_that_a_reader_misses_are_named() -> None:
    named = [
        letter in lint_text(bad).missing for bad, lacks, _ in PAIRS for letter in lacks
    ]

    assert _share(named) >= 0.9


def test_the_wording_that_has_them_scores_higher() -> None:
    wins = [lint_text(good).score > lint_text(bad).score for bad, _, good in PAIRS]

    assert _share(wins) >= 0.97


def test_good_goals_stand_above_the_line_and_vague_ones_below() -> None:
    good = [lint_text(good).score >= GOOD for _, _, good in PAIRS]
    bad = [lint_text(bad).score < GOOD for bad, lacks, _ in PAIRS if len(lacks) > 1]

    assert _share(good) >= 0.95
    assert _share(bad) >= 0.95


def test_good_goals_lack_next_to_nothing() -> None:
    whole = [not set("SMT") & set(lint_text(good).missing) for _, _, good in PAIRS]

    assert _share(whole) >= 0.95
