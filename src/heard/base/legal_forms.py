"""What the legal forms of companies are called, country by country: squeezed, as names are compared."""

from __future__ import annotations

from collections.abc import Mapping

BY_COUNTRY: Mapping[str, str] = {
    "AT": "ag eu gesmbh gesmbhcokg gmbh keg kg og oeg",
    "AU": "limited ltd pty ptylimited ptyltd",
    "BE": "bv bvba cvba nv sa scrl sprl srl vof",
    "BG": "ad ead eood ood",
    "CH": "ag gmbh kg sa sagl sarl",
    "CZ": "as ks sro spolsro vos",
    "DE": "ag agcokg ek eg ev gbr ggmbh gmbh gmbhco gmbhcokg gmbhcokgaa gug kg kgaa kommanditgesellschaft mbh ohg "
    "partg partgmbb se secokg secokgaa ug ughaftungsbeschrankt haftungsbeschrankt ughaftungsbeschranktcokg",
    "DK": "aps as amba ivs ks",
    "EE": "as ou",
    "ES": "sa sad sau scoop sl slne sll slu sociedadanonima sociedadlimitada",
    "FI": "ab ky osk oy oyab oyj tmi",
    "FR": "eirl eurl gie sa sarl sas sasu sca sci scop snc societeanonyme",
    "GR": "ae aebe abee epe ike oe αε αβεε εε επε ικε οε",
    "HR": "dd doo jdoo",
    "HU": "bt kft kkt nyrt zrt",
    "IE": "clg dac ltd limited plc teo teoranta",
    "IN": "llp privatelimited pvt pvtltd",
    "IS": "ehf hf",
    "IT": "sapa sas scarl scpa snc soccoop spa srl srls",
    "JP": "co coltd corporation gk godokaisha inc kabushikikaisha kk yk",
    "LT": "ab mb uab",
    "LU": "sa sarl sca scs se",
    "LV": "as sia",
    "NL": "bv cooperatieua cv nv vof",
    "NO": "ans as asa nuf",
    "PL": "psa sa ska spj spk spp spzoo spzookom spzoospk spolkaakcyjna spolkajawna spolkazoo "
    "spolkazograniczonaodpowiedzialnoscia",
    "PT": "lda limitada sa sgps unipessoal unipessoallda",
    "RO": "pfa sa snc srl srld",
    "RU": "ao oao ooo pao zao ао зао оао ооо пао",
    "SE": "ab abpubl aktiebolag hb kb publ",
    "SI": "dd dno doo",
    "SK": "as ks sro spolsro vos",
    "TR": "as ltdsti sti",
    "UK": "cic limited llp lp ltd plc",
    "US": "co company corp corporation inc incorporated limited llc lllp llp lp ltd pllc",
    "BR MX": "eireli ltda sa sadecv sapidecv sderldecv",
}
"""The forms of each country, without dots and spaces (`Sp. z o.o.` is `spzoo`)."""

SPACED = frozenset({"is", "ps", "zoo"})
"""Forms that count only where they are written apart (`P/S`, `z o.o.`), since they are words as well."""

FIRST = frozenset({"ab", "ao", "oao", "ooo", "oy", "pao", "sc", "sia", "uab", "zao", "ао", "зао", "оао", "ооо", "пао"})
"""Forms that stand before a name, too (`UAB Šaltis`, `S.C. Frigo S.R.L.`)."""

UNSPACED = ("株式会社", "有限会社", "合同会社", "주식회사", "股份有限公司", "有限责任公司", "有限公司")
"""Forms that are written together with a name, before or after it."""
