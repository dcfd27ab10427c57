"""How people and models decline, offer something else, send one elsewhere, and instruct, in six languages.

Each pattern is searched in one clause of at most a few lines, after `refusal.normalized`: ASCII punctuation, straight
apostrophes, simplified Chinese for the characters that occur here.
"""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


# ── Declining ────────────────────────────────────────────────────────────────────────────────────────────────────

_HELP = (
    r"(?:help|assist|answer|discuss|provide|offer|give|advise|guide|talk|speak|share|explain|support|respond|reply"
    r"|comment|address|engage|cover|comply|fulfil+|continue|tell|go into|get into|process|handle|perform|carry out"
    r"|facilitate|describe|suggest|walk you|proceed|be of|assisting|helping|answering|discussing|providing|say"
    r"|do (?:that|this|so|it)(?! enough))\b"
)
_I = r"\b(?:i|we|(?:this|the|your) (?:\w+ )?(?:assistant|bot|service|chatbot))\b"
_NOT = (
    r"(?:cannot|can ?not|can't|couldn't|could not|won't|will not|wouldn't|would not|may not|mustn't|must not"
    r"|shouldn't|should not|don't|doesn't|do not|does not|(?:am|'m|are|'re|is) (?:\w+ly )?not|isn't|aren't|(?:am|'m"
    r"|are|is) (?:\w+ly )?(?:unable|forbidden|prohibited))"
)
_ABLE = (
    r"(?:be )?(?:able|allowed|permitted|authori[sz]ed|in a position|supposed|at liberty|going|willing|prepared"
    r"|comfortable|free|equipped|designed|meant|here)?"
)
_MANNER = r"(?: (?:to|with|from|be|directly|personally|currently|really|actually|ethically|even|ever|\w+ly)){0,4}"
_RULES = r"(?:rules?|guidelines?|polic(?:y|ies)|instructions?|programming|developers?|operator|restrictions?)"
_ENGLISH = (
    rf"{_I} ?(?:\w+ly )?{_NOT}{_MANNER} ?{_ABLE}{_MANNER} {_HELP}",
    rf"^\W*(?:sorry\W+|and |so )?(?:unable|not able|not allowed|not permitted|cannot|can't|won't) (?:to )?{_HELP}",
    rf"{_I} (?:really )?(?:can't|cannot|won't|can not)\W*$",
    r"(?:\bnot|n't) (?:something|anything|one|ones|a \w+|\w*questions?|topics?|part of what)(?: \w+){0,3} (?:i"
    r"|we)(?: can| may| could| will| am|'m| do|'re)\b|(?:\bnot|n't) something this assistant\b",
    r"\b(?:nothing|no way) (?:that )?i can (?:help|assist|do)\b",
    rf"{_I}(?:'m| am|'ll|'d)?(?: (?:must|have to|need to|will|would|going|rather|to|respectfully|politely|therefore"
    r"|afraid|obliged|required|forced|\w+ly)){0,4} (?:declin(?:e|ing)|refus(?:e|ing)|refrain|abstain)\b",
    rf"{_I} (?:can|may|will) neither\b.{{0,40}}\bnor\b",
    rf"{_I}(?:'d| would) (?:rather|prefer) not\b",
    r"\bi(?:'ll| will|'m going to| have)? (?:have )?to pass on\b",
    r"\b(?:instructed|told|asked|directed|required|configured|programmed|bound|set up|built|trained|designed|made"
    r"|obliged)(?: \w+){0,2} (?:not to|to (?:refuse|decline|avoid|reject|not|stay away|steer clear|keep away))\b",
    rf"{_I}(?:'ve| have)? ?(?:do not|don't|no|not)(?: have| got)?(?: the| any)? (?:permission|authority|clearance)\b",
    rf"{_I}(?: am|'m| are)? (?:restricted|prevented|barred|banned|prohibited|forbidden) from\b",
    r"\b(?:not|isn't) (?:possible|appropriate) for me\b|\b(?:im|in)(?:possible|appropriate) for me\b"
    r"|\bno choice but to (?:decline|refuse)|\b(?:change the (?:subject|topic)|talk about something else)\b",
    rf"\b(?:my|our|the|developer's|these|current) (?:\w+ ){{0,2}}{_RULES}(?: \w+){{0,2}}"
    r" (?:do not|don't|does not|doesn't|won't|prevents?|prohibits?|forbids?|stops?|bars?|keeps?|disallows?"
    r"|requires? me)\b",
    rf"\b(?:against|violat\w+|breach\w*) (?:\w+ )?{_RULES}",
    r"(?:\boutside|\bbeyond|\bout of|not within|n't within|\bnot in)(?: of)? (?:my|our|what i|the (?:scope|range"
    r"|topics?)|this assistant)\b",
    r"\boff[- ]limits\b",
    rf"{_I} (?:have to|must|need to) keep\b.{{0,60}}\b(?:confidential|secret|private)\b",
    r"\b(?:questions?|topics?|requests?|subjects?|matters?|this|that|it)\b.{0,80}(?:cannot|can't|can not|may not"
    r"|must not) be (?:answered|discussed|addressed|processed|fulfilled|provided|given|shared|completed)",
    r"(?:\b(?:topics?|requests?|subjects?|questions?|discussions?)\b.{0,60}|^\W*(?:this|that) )\b(?:is|are) (?:not (?:"
    r"allowed|permitted|supported|covered|available here|possible for me)|restricted|prohibited|forbidden|blocked)",
    r"\bi(?:'m| am)? (?:can )?(?:only|just|limited to|restricted to) (?:able to |here to )?(?:help|assist|answer"
    r"|discuss|handle|talk|support|questions)",
    r"^\W*(?:(?:request|access|answer|question|topic|status) )?(?:refused?|declined|denied|rejected|refusal|forbidden"
    r"|blocked|not (?:allowed|permitted|available|supported|possible))\W*$",
    r"\b(?:answering|discussing|helping|explaining)\b.{0,40} (?:is|are) (?:not|n't) (?:allowed|permitted|possible"
    r"|an option)",
    r"^\W*no comment\W*$|\bno (?:\w+ ){0,2}(?:guidance|answers?|help|comments?|information"
    r"|details)\b.{0,60}\bfrom (?:me|us)\b",
)
_CHINESE_NOT = (
    r"(?:无法|不作|不做|不能够?|不可以?|不太?便|不太?方便|不予|不会|没法|没有?办法|不得|不应该?|不该|不宜|难以"
    r"|不被允许|未被?授权|无权|不允许|不支持|不提供|不受理|不回答|不讨论|不解答|不涉及|不再|不愿|不想|恕不|恕难|禁止"
    r"|拒绝)"
)
_CHINESE_HELP = (
    r"(?:回答|解答|答复|回应|回复|作答|应答|提供|协助|帮助|帮忙|帮[您你到]|讨论|谈论|谈及|探讨|处理|告诉|告知|透露"
    r"|说明|介绍|分享|满足|支持|给出|给[您你]|指导|受理|奉告|多说|从命|操作|继续|[聊说谈讲]\W*$)"
)
# Chinese drops its subject, and "the bank cannot provide" is no refusal of the speaker's: so the subject is the
# speaker, or nobody, or what was asked.
_CHINESE_I = (
    r"(?:^|[我们这边里本人]|助手|助理|客服|机器人|AI"
    r"|系统)(?:[我们这边里也均都并就将还暂目前时实在确恐怕是因所以此故但可能很真的,仅恕必须需要得只会应该]|抱歉|遗憾"
    r"|对不起|不好意思|对此|对于|关于|根据|按照?|规定|规则|要求)*"
)
_CHINESE_ASKED = (
    r"(?:问题|话题|请求|内容|咨询|领域|方面|主题|事[项情宜]|业务|话|规定|规则|政策|权限|规范|要求"
    r"|开发者)(?:[我也均都并就将还暂是]|目前|恕|一律|一概)*"
)
_CHINESE = (
    rf"(?:{_CHINESE_I}|{_CHINESE_ASKED})(?<![您你]){_CHINESE_NOT}.{{0,24}}?{_CHINESE_HELP}",
    rf"我.{{0,30}}(?<![您你]){_CHINESE_NOT}(?:.{{0,16}}?){_CHINESE_HELP}",
    r"(?:我|本助手).{0,10}(?:必须|只能|需要|不得不|有义务|得)(?:婉言)?(?:拒绝|谢绝|婉拒)|^\W*(?:已|予以|必须"
    r"|只能)?(?:拒绝|拒答|婉拒|谢绝)(?:回答|提供|讨论)?\W*$",
    r"(?:不在|不属于|超出|超过|非).{0,12}(?:我|服务|回答|解答|职责|咨询|讨论|能力|支持|业务).{0,10}(?:范围|范畴|能力"
    r"|之列|权限)",
    r"(?:被要求|被指示|被告知|被规定|被设定|被限制|要求我|规定我).{0,4}(?:不|拒绝|避免|勿)",
    r"(?:我|本助手).{0,12}(?<![您你])不(?:回答|解答|讨论|谈|聊|提供|涉及|受理|作答)",
    r"(?:指令|规则|要求|设定|限制|规定).{0,6}(?:不|拒绝|禁止|避免|勿).{0,2}(?:谈|聊|回答|解答|讨论|提供|涉及|透露)",
    r"(?:我|本助手).{0,6}(?:只能?|仅能?|仅限于?|只限于?|只负责|专门)(?:回答|解答|提供|处理|讨论|协助|帮助)",
    rf"{_CHINESE_I}不(?:提供|受理|支持|开展).{{0,20}}(?:服务|咨询|帮助|协助|信息|指导|建议|业务)",
    r"(?:我|本助手).{0,8}没有?(?:权限|权利|资格|授权)|(?:我|本助手).{0,4}服务.{0,4}不(?:包括|包含|涵盖|涉及|含)",
    r"恕难(?:回答|从命|奉告|提供)|无可奉告|爱莫能助|帮不[了上到]|无能为力|换一?个话题|聊点别的|(?:按"
    r"|根据).{0,8}(?:拒绝|不予)|(?:回答|解答|答|办)不了",
    r"(?:问题|话题|内容|请求|主题).{0,10}(?:不被允许|被禁止|不允许|受限|已被拒绝|被拒绝)",
)
_OTHERS = (
    # French
    r"\b(?:je|nous)(?: ne)? (?:peux|puis|pourrai|pouvons|suis|sommes|souhaite|veux|dois) (?:malheureusement )?(?:pas"
    r"|rien)\b.{0,50}\b(?:répondre|aider|fournir|donner|discuter|parler|traiter|assister|conseiller|expliquer|aborder"
    r"|autorisée?s?|en mesure|habilitée?)",
    r"\bje (?:dois |suis obligée? de |me vois contrainte? de )?(?:refuse|décline)r?\b|\bne m'est pas (?:possible"
    r"|permis)|\b(?:hors|en dehors) de (?:mon|ma|mes|notre)\b|\bm'est interdit",
    # Spanish
    r"\bno (?:puedo|podré|podemos|debo|estoy|me es posible|me está permitido|se me permite)\b.{0,50}?(?:ayudar"
    r"|responder|proporcionar|ofrecer|dar|hablar|discutir|brindar|contestar|asistir|explicar|tratar|comentar"
    r"|autorizad|en condiciones)",
    r"\b(?:debo|tengo que) (?:rechazar|negarme|declinar)|\bme niego\b|\bfuera de (?:mi|mis|nuestro)\b",
    # German
    r"(?:(?:kann|darf|werde|möchte|bin) ich|\bich (?:kann|darf|werde|möchte|bin))\b.{0,80}?\b(?:nichts?"
    r"|keine?n?)\b.{0,60}?(?:beantworten|helfen|antworten|geben|sprechen|unterstützen|bereitstellen|anbieten|erklären"
    r"|auskunft|behandeln|diskutieren|sagen|mitteilen|erlaubt|befugt|berechtigt|äußern|befassen)",
    r"\b(?:muss ich|ich muss).{0,60}ablehnen|\bich lehne .{0,60}\bab\b|\baußerhalb meine[rs]"
    r"|\bist mir (?:leider )?nicht (?:erlaubt|gestattet|möglich)|\bbeantworte ich (?:leider )?nicht",
    # Japanese
    r"(?:答え|回答|手伝い|案内|対応|説明|話し?|提供|伝え|サポート|アドバイス|支援|協力|教え).{0,14}?(?:できません"
    r"|出来ません|できない|いたしかね|致しかね|できかね|しかね|られません|おりません|控え)",
    r"お断り|お受けできません|差し控え|範囲外",
)
DECLINES = _any(*_ENGLISH, *_CHINESE, *_OTHERS)
# "I cannot ..." with any other verb, but for what limits an answer without declining it.
LIMITS = _any(
    rf"{_I} ?(?:\w+ly )?(?:cannot|can't|can not|won't|will not|may not|must not)\b(?!(?: \w+ly| be| even)*"
    r" (?:guarantee|promise|access|see|check|predict|foresee|verify|know|find|view|look|read|hear|remember|recall"
    r"|wait|stress|emphasi[sz]e|overstate|think|imagine|believe|agree|afford|sure|certain|responsible|confirm"
    r"|determine|calculate|judge|understand|repeat|vouch|imagine|go wrong|miss|do (?:that|this|it) enough)\b)",
    r"\bi (?:have to|must|will) leave\b.{0,40}\b(?:unanswered|to others|aside|out)\b",
    r"我.{0,12}?(?<![您你])(?:无法|不能|不可以|不便|没办法|没法)(?!.{0,6}(?:保证|承诺|预测|查看|查询|确定|确认|判断"
    r"|访问|获取|看到|看见|知道|得知|识别|预知|理解|确保|核实|想象|同意|联网|操作|强调))",
    r"^\W*(?:不能|不行|不可以|无法)\W*$",
)
# Declines only a manner of helping: advice of a profession, acting in one's place.
HEDGES = _any(
    r"\b(?:personal|personali[sz]ed|financial|legal|tax|investment|professional|medical|specific"
    r"|individual)\b.{0,40}\b(?:advice|recommendations?|guidance)\b",
    r"\badvice\b(?! (?:on|about))|\b(?:tell|say|suggest|recommend)\b.{0,20}\b(?:which|what|whether|exactly|how much"
    r"|who|when)\b",
    r"\b(?:for you|on your behalf|directly|real[- ]?time|exact|process|perform|carry out|execute)\b",
    r"(?:个人|个性化|具体|个股|股票|基金|投资|法律|专业|财务|税务|理财).{0,10}(?:建议|意见|咨询)|代[您你替]|替[您你]"
    r"|实时|代为|直接[帮替为给]|帮[您你](?:转账|汇款|操作|下单|付款|转出)|具体汇率",
    r"\b(?:conseils?|asesoramiento|consejos?)\b|beratung|アドバイス",
)
APOLOGIZES = _any(
    r"^\W*(?:i'm |i am |we are |we're )?(?:\w+ ){0,2}(?:sorry|apologies|apologi[sz]e)\b(?! (?:to hear|for (?:the|your"
    r"|any|my|keeping)|about|you had|if))",
    r"^\W*(?:很|非常|实在|十分|真是?)?(?:抱歉|对不起|不好意思)(?!.{0,6}(?:让|打扰|给|听))",
)
NOT_KNOWING = _any(
    r"\b(?:understand|don't know|not sure|unclear|unsure|repeat|clarify|confus\w+|misread|mistake|typo|wrong"
    r"|correct\w*)\b",
    r"不知道|不清楚|不明白|不确定|没听懂|没明白|不理解|没看懂|有误|错|再说一遍|误会|不太懂|修正|更正",
)

# ── What does not deliver ────────────────────────────────────────────────────────────────────────────────────────

OFFERS = _any(
    r"\bi(?:'d| would|'ll| will| can| could|'m| am)\b(?: (?:\w+ly|still|also|only|instead|be|do|more|than|here|to"
    r"|always|however|very)){0,4} (?:help|assist|explain|walk|tell|offer|answer|guide|discuss|give|provide|share|show"
    r"|do|happy|glad|pleased|able|love|here)\b",
    r"\bthings? (?:that )?i can\b|\b(?:what|topics?|questions?) i can\b|\bfeel free\b|\blet me know\b"
    r"|\bwould you like\b|\bif you (?:have|need|would|want|'d)\b|\bif there\b|\bhappy to\b|\banything else\b"
    r"|\bask(?:ing)? me\b|\binstead\b",
    r"(?:我|本助手)(?:们|也|还|都|仍|很|非常|十分|倒是|则|这边)*(?:可以|能够?|可|会|愿意|乐意|将|来)|乐意|随时|欢迎"
    r"|问我|换个|还?可以(?:问|为您|为你|帮)|如果?您?(?:需要|想|有|还有)|如[需有]|有什么|其他问题",
    r"\bje (?:peux|pourrais|serais)\b|n'hésitez|\bpuedo\b|\bpodría\b|no dude|gerne|ich kann Ihnen|お手伝い|お気軽"
    r"|ご質問",
)
ELSEWHERE = _any(  # another matter than the one asked about
    r"\b(?:domestic|domestically|instead|within (?:china|the country|mainland)|inside china|local(?:ly)?"
    r"|between \w+ banks|other (?:topics?|questions?|matters?|things?|services?))\b",
    r"国内|境内|本地|其他|同城|另外的",
    r"\b(?:nationaux|nationale?s?|nacional\w*|inländisch\w*|inlands?\w*)\b|国内",
)
REFERS = _any(
    r"\b(?:contact|consult|reach out|check with|speak|talk|ask|call|refer|get in touch|seek|turn)\b",
    r"\bvisit\b.{0,60}\b(?:website|site|page|branch|portal|bank)\b|\b(?:recommend|suggest|advise)\b",
    r"咨询|联系|查阅|官网|网站|拨打|请教|专业人士|询问|网点了解|以.{0,8}为准",
    r"contact|consult|adress|renseign|acud[ai]|diríj|wenden|fragen sie|問い合わせ|ご相談|確認ください",
)
RESTATES = _any(
    r"\byou(?:'re| are|'d| would)? (?:\w+ly )?(?:ask|asking|asked|want|wish|like|need to know|mention)",
    r"\byour (?:question|request|message)\b|\bi (?:understand|see|know|appreciate)\b",
    r"[您你].{0,6}(?:想|问|希望|提到|打算|让)|[您你](?:要|的问题|的请求)|理解|明白|涉及|属于",
)

# ── What delivers ────────────────────────────────────────────────────────────────────────────────────────────────

GENERALLY = _any(
    r"\b(?:in general|generally|usually|typically|normally|as a rule|hypothetically|overview|outline|how (?:it|this"
    r"|that|they|people) (?:\w+ly )?(?:works?|do|is done)|here(?:'s| is| are) (?:how|the (?!things)|a |what)|(?:the"
    r"|general|basic|usual|typical) (?:steps|process|procedure|guide|way))\b",
    r"一般|通常|大致|流程|步骤|常见|基本",
    r"en général|généralement|voici|en general|generalmente|pasos|im allgemeinen|normalerweise|schritte|一般的に|通常"
    r"|手順",
)
_DO = (
    r"(?:open|go|visit|log|sign|tap|click|select|choose|pick|enter|type|fill|provide|give|prepare|bring|take|confirm"
    r"|submit|send|transfer|wire|buy|exchange|convert|pay|use|complete|follow|verify|check|review|add|set|download"
    r"|register|create|apply|obtain|get|collect|write|request|deposit|withdraw|make|keep|track|compare|place|hand"
    r"|show|scan|upload|do it|purchase|raise|split|find|start|head|press|note|initiate|authori[sz]e|specify"
    r"|include)\b"
)
_DO_CHINESE = (
    r"(?:打开|登录|选择|点击|点|输入|填写|填好|填|提交|确认|携带|带上?|准备|前往|到.{1,10}(?:购汇|办理|汇款|申请)"
    r"|去.{1,8}(?:银行|柜台|网点)|购汇|购买|兑换|提供|缴纳|支付|缴费|汇出|使用|通过|下载|注册|添加|核对|扫描|扫码"
    r"|办理|上传|签字|申请|绑定|开立|开户|进入|设置|换汇|把|将)"
)
INSTRUCTS = _any(
    rf"^\W*(?:(?:then|and|first|next|finally|after that|now|simply|just|please|or|secondly|lastly|also|to start"
    rf"|step \d+)\W+)*{_DO}",
    r"\b(?:you|one|people|the sender|senders|customers|they)(?:'ll| will)? (?:can|could|should|must|may|might|need to"
    rf"|have to|would|usually|normally|simply|first|just|also|then)(?: (?:\w+ly|also|then|first|either))* {_DO}",
    r"\b(?:you need|you(?:'ll| will) need|you should|you must)\b",
    r"^\W*(?:那么|那|首先|然后|再|先|最后|最終|接着|之后|随后|其次|请|[您你]|用户|自己|自行|只需?|可以?|需要|需|应该"
    r"|应|必须|要|并|就|也|直接|一般|通常|大家|人们"
    rf"|在.{{1,8}}?[上里内中前后]|步骤.|第.步|[一二三四五六七八九]、)*+{_DO_CHINESE}",
    r"^\W*(?:puis |ensuite |d'abord )?(?:allez|ouvrez|choisissez|entrez|saisissez|donnez|remplissez|utilisez|envoyez"
    r"|vérifiez|présentez|sélectionnez)\b|\bvous (?:pouvez|devez) (?!contact|consult|vous)",
    r"^\W*(?:y |luego |primero )?(?:abra|vaya|elija|escriba|introduzca|seleccione|rellene|utilice|use|envíe|presente"
    r"|complete)\b|\b(?:puede|debe) (?!contact|consult|acud)",
    r"\b(?:öffnen|gehen|wählen|geben|füllen|überweisen|tragen|bestätigen|nutzen|bringen) sie\b|\bsie (?:können"
    r"|müssen) (?!sich)",
    r"(?:開[きい]|選[びん]|選択し|入力し|記入し|提出し|持参し|利用し|クリックし|タップし)",
)
FIGURES = _any(
    r"\d\s*(?:%|元|万|美元|人民币|yuan\b|rmb\b|cny\b|(?:us )?dollars?\b|usd\b|euros?\b|(?:business |working )?days?\b"
    r"|hours?\b|minutes?\b|小时|天|个?工作日|分钟|円|日)|[一两二三四五六七八九十]+(?:小时|天|个工作日|分钟)",
)
