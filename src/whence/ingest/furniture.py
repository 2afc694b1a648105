"""Furniture: lines of a page that are not the article."""

from __future__ import annotations

import re

from whence.text.normalise import plain

__all__ = ["is_furniture", "is_kicker"]

_LONGEST = 220  # characters: what is longer is read as body, whatever it begins with

_WHOLE = re.compile(
    r"""(?:
      (?:continue\ reading|loading|advertisements?|advert|sponsored(?:\ content|\ links?)?|promoted(?:\ content)?
            |ad|paid\ content)
    | (?:share|save|print|e-?mail|tweet|like|follow|copy\ link|copy|whatsapp|facebook|twitter|x|linkedin|reddit
          |pinterest|telegram|
         messenger|flipboard|bookmark|comments?|reply|report|listen|watch|gallery|menu|search|home|close|next
               |previous|back\ to\ top|top)
      (?:\ ?[/|,•·]?\ ?(?:on|via|to|this|by|with|and|share|save|print|e-?mail|tweet|facebook|twitter|x|linkedin
            |whatsapp|reddit|
         pinterest|telegram|messenger|flipboard|link|friends?|article|story|page|post|us|me))*
    | (?:share|tweet|print|e-?mail|bookmark|save)\ this(?:\ (?:article|story|page|post|with.*))?
    | (?:story|article)\ continues\ (?:below|after).*
    | (?:scroll\ down|skip|jump)\ (?:to|for)\ .*
    | \d[\d,.]*\ ?k?\ (?:comments?|shares?|views?|likes?|reads?|votes?|retweets?|replies)(?:[\ ,•
          |·]+\d[\d,.]*\ ?k?\ (?:comments?|shares?|views?|likes?))*
    | (?:leave|post|add|join|view|show|see|read|write)\ (?:a|your|the|all|\d+)?\ ?(?:comments?|reply|conversation
          |discussion|replies)(?:\ .{0,40})?
    | comments?\ (?:are\ )?(?:closed|\(\d+\)|off|disabled)
    | \d{1,3}[\ -]?min(?:ute)?s?\ (?:read|listen|watch)|(?:reading|estimated|read)\ (?:reading\ )?time:?\ .{0,20}
    | listen(?:\ to\ (?:this\ )?(?:article|story))?(?:\ \(?\d.{0,12})?
    | (?:read|see|find\ out|learn|show|load|view)\ more(?:\ (?:on|about|from|stories|news|articles)\b.{0,60})?
    | (?:all\ rights\ reserved|terms\ (?:of\ (?:use|service)|and\ conditions).{0,40}|privacy\ policy.{0,60}
          |log\ ?in|sign\ in|register|subscribe|donate)
    | (?:getty|reuters|ap|afp|epa|shutterstock|istock|alamy|pa|unsplash)(?:\ (?:images|photo|pictures|media|wire))?
    | (?:image|photo|picture|video|media|figure)\ ?(?:caption|source|credit|copyright|gallery)?
    | (?:related|most\ (?:read|popular|viewed|shared)|trending(?:\ now)?|popular(?:\ now)?
          |recommended(?:\ for\ you)?|you\ (?:may|might)\ also\ like.*|
         more\ (?:from|on|in|like|stories|news)\b.{0,60}|top\ stories|latest(?:\ news)?|editor'?s'?\ picks?
               |don'?t\ miss|also\ (?:read|see))
    | -?\ ?(?:30|ends?)\ ?-?|\#\#\#+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BEGINS = re.compile(
    r"""(?:
      (?:read\ (?:more|also|next|here|full)|also\ read|see\ (?:also|more)|related(?:\ (?:articles?|stories|news
            |story|content|posts?|topics?))?|
         more\ on\ this(?:\ story)?|watch(?:\ now|\ live)?|listen|in\ pictures|explore\ more|recommended|must\ read
               |up\ next|don'?t\ miss|
         tags?|topics?|filed\ under|categor(?:y|ies)|keywords?|follow\ topics)\ ?[:>»→|]
    | (?:photo(?:graph)?s?|images?|pictures?|pics?|video|credit|photo\ credit|image\ credit|image\ source|photo\ by
          |graphic|illustration|
         file\ photo|caption|image\ caption|source\ image)\ ?[:|]
    | (?:photo(?:graph)?|image|picture|illustration|video)s?\ (?:by|courtesy(?:\ of)?|credit|via|caption|source
          |copyright)\b
    | \(?(?:file\ photo|photo\ by|photo:|image:|picture:|credit:)
    | (?:click|tap)\ (?:here|on|the|to)\b
    | (?:sign\ ?up|subscribe)\ (?:to|for|now|here|today|and|with|below|free)\b|register\ (?:now|here|free)\b
    | (?:get|receive)\ .{0,60}\b(?:newsletters?|in\ your\ inbox|to\ your\ inbox|email\ alerts|push\ alerts
          |notifications)\b
    | (?:our|your|daily|weekly|free)\ .{0,40}newsletters?\b
    | (?:follow|like|find|join|connect\ with)\ (?:us|our|me|the\ author)\b
    | (?:we|this\ (?:site|website|page))\ uses?\ .{0,30}cookies\b|by\ (?:continuing|using\ this|clicking
          |signing)\ .{0,80}(?:you\ (?:agree|accept|consent)|cookies|terms)\b
    | (?:accept|manage|reject)\ (?:all\ )?(?:cookies|preferences)|cookie\ (?:policy|settings|preferences|notice)\b
    | (?:support\ (?:our|independent|quality|local)|help\ (?:us|fund)|donate\ (?:to|now|here)|become\ a\ (?:member
          |supporter|subscriber|patron))\b
    | (?:copyright\ ?(?:©|:|\(c\)|\d{4}|by\b|notice|of\b)|©|\(c\)\ (?:19|20)\d\d)
    | all\ rights\ reserved
    | (?:this\ (?:story|article|post|report|piece)\ (?:was\ |has\ been\ )?(?:originally|first)\ (?:published
          |appeared)|(?:originally|first)\ published\ (?:by|at|on|in))\b
    | (?:download|get)\ (?:our|the)\ .{0,30}\bapps?\b
    | (?:do\ you\ have\ a\ (?:story|tip)|got\ a\ (?:story|tip)|have\ (?:a\ (?:story|tip)|you\ been\ affected)
          |contact\ (?:us|the\ (?:author|newsroom|editor)|our\ newsroom)|send\ (?:us\ )?(?:your\ )?tips)\b
    | (?:you\ have\ (?:\d+|no|reached)\ .{0,40}(?:articles?|limit)|to\ continue\ reading|already\ a\ (?:subscriber
          |member)|
         this\ (?:article|content|story)\ is\ (?:for|only|available)\ .{0,30}subscribers)\b
    | (?:this\ article\ contains\ affiliate|we\ may\ earn|as\ an\ amazon\ associate)\b
    | please\ (?:enable|disable|turn\ (?:on|off))\ .{0,30}(?:javascript|ad\ ?block|cookies)
    | (?:https?://|www\.)\S+$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CREDIT_END = re.compile(
    r"\((?:photo|image|picture|file|ap|afp|reuters|epa|getty)\b[^()]{0,80}\)\.?$"
    r"|(?:[/:(] ?(?:getty images|shutterstock|alamy|istock|reuters|ap|afp|epa|epa-efe|pa)"
    r"|\b(?:getty images|ap photo|afp photo))"
    r"(?:/[^/.]{1,40}|\))?$",
    re.IGNORECASE,
)
_KICKER_WORDS = 4


def is_furniture(line: str) -> bool:
    """Whether a line is part of the page and not of the article.

    Args:
        line: one line or short paragraph, without its line end.

    Returns:
        True for buttons, pleas, notices, credits, counts, link lists' headings, and lines without a letter or digit.
    """
    if len(line) > 2 * _LONGEST:
        return False
    text = plain(line).strip(" \t*·•|>»→-–—_=#")
    if not any(c.isalnum() for c in text):
        return True
    if len(text) > _LONGEST:
        return False
    if _WHOLE.fullmatch(text.rstrip(" .:!…>»→+")) or _BEGINS.match(text):
        return True
    return text.count(". ") <= 1 and _CREDIT_END.search(text) is not None


def is_kicker(line: str) -> bool:
    """Whether a line, standing above a headline, could be a section's name or a label ("EXCLUSIVE", "World news")."""
    words = line.split()
    text = line.strip()
    if not 0 < len(words) <= _KICKER_WORDS or text[-1:] in ".?!\"'”’":
        return False
    return text.isupper() or text.lower().strip(":") in _SECTIONS


_SECTIONS = frozenset(
    "news|world|world news|politics|business|sport|sports|science|health|technology|tech|opinion|analysis|exclusive|"
    "breaking|breaking news|live|local news|uk news|us news|national|international|economy|markets|finance|culture|"
    "entertainment|environment|climate|education|lifestyle|home|latest|top story|featured|investigation|explainer|"
    "feature".split("|")
)
