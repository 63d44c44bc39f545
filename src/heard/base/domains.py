"""Reads a domain out of an address, and knows those that say nothing about a company."""

from __future__ import annotations

import re

_MAIL = re.compile(r"(?:mailto:)?[^\s@<>]+@([^\s@<>/?]+)", re.IGNORECASE)
_LINK = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/@\s]*@)?([^/:?#\s]+)\S*|(www\.[^/:?#\s]+)\S*", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}", re.IGNORECASE)

_ANY_ENDING = frozenset({"gmx", "hotmail", "live", "outlook", "yahoo", "yandex", "ymail"})
_SERVICES = """
    126.com 163.com alice.it aol.com arcor.de att.net bigpond.com bluewin.ch btinternet.com centrum.cz comcast.net
    facebook.com fastmail.com free.fr freemail.hu freenet.de gmail.com googlemail.com hetnet.nl hey.com hispeed.ch
    icloud.com instagram.com interia.pl kpnmail.nl laposte.net libero.it linkedin.com mac.com mail.com mail.ru
    mailbox.org me.com msn.com naver.com o2.pl onet.pl orange.fr pm.me posteo.de proton.me protonmail.com qq.com
    sapo.pt seznam.cz sfr.fr sky.com skynet.be t-online.de telenet.be tiscali.it tuta.com tutanota.com twitter.com
    ukr.net verizon.net virgilio.it virginmedia.com wanadoo.fr web.de wp.pl x.com xing.com youtube.com ziggo.nl
    zoho.com
"""
_SECOND = frozenset({"ac", "co", "com", "edu", "gob", "gov", "gv", "net", "nom", "or", "org"})
"""Labels that stand between a name and a country (`.co.uk`, `.com.au`)."""

_ANYBODYS = frozenset(_SERVICES.split())


def domain_of(text: str) -> str:
    """The domain of an e-mail address, a link or a bare domain, in small letters; empty where there is none.

    Also empty for those where anybody has an address: they name no company.
    """
    text = text.strip().strip("<>").rstrip(".")
    if "." not in text or " " in text:
        return ""
    found = _LINK.fullmatch(text) or _MAIL.fullmatch(text)
    domain = next((one for one in found.groups() if one), "") if found else text
    domain = domain.lower().removeprefix("www.").rstrip(".")
    return domain if _DOMAIN.fullmatch(domain) and not is_anybodys(domain) else ""


def company_in(domain: str) -> str:
    """What the owner of a domain is probably called: `mail.janssen-lager.co.uk` → `Janssen Lager`."""
    labels = domain.lower().split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND:
        labels.pop()
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]+", labels[-1]) if word) if labels else ""


def is_anybodys(domain: str) -> bool:
    """Whether the domain belongs to a service where anybody has an address or a page."""
    labels = domain.lower().split(".")
    return ".".join(labels[-2:]) in _ANYBODYS or labels[0] in _ANY_ENDING
