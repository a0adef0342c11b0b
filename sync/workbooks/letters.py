"""Letters by which an unmarked text file gives its encoding away: data only."""

COMMON_CHINESE = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同"
    "工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理"
    "起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义"
    "事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结"
    "解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设"
    "及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决"
    "西被干做必战先回则任取据处理务人岗职姓名称编号目标考核绩评权销售客户增完率额满意支持"
    "状态未备注描述开始截止日期实际值预算项类型序负责培训招聘薪酬财市场研店铺库存季周报"
    "這為個國時來們會過說產種經進著裡現實無體當點從業應開還與關各線數質氣變條沒結問題"
    "軍長總設見計別運農區強決戰據處員門標績評權銷客戶額滿職稱編號狀態備註項類責訓財場庫"
    "報週際預達後發動對學資邊級圖統組認讓話語書請務單價費張陳劉楊黃趙吳孫張王李劉陈杨黄"
    "赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘蔡蒋余杜叶魏吕"
)
"""Characters that make up most of any Chinese text, in both scripts, with those of
personnel sheets and the commonest family names. Decoding by the wrong table gives rare
characters instead."""

WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽžŸ"
    "€£¥§©®™°±²³¼½¾«»‹›“”„‘’‚–—…•·´`¿¡ªº¢µ×÷\u00a0\u00ad"
)
"""What Western text holds beyond ASCII."""
