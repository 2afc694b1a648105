"""The words of notes and ratings: Community Notes' own, so that exports keep to its format."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["HELPFUL_TAGS", "MISLEADING_REASONS", "NOT_HELPFUL_TAGS", "NOT_MISLEADING_REASONS"]

# Column of the public notes file: what the form shows.
MISLEADING_REASONS = {
    "misleadingFactualError": _("A factual error"),
    "misleadingManipulatedMedia": _("A manipulated picture or film"),
    "misleadingOutdatedInformation": _("Outdated information"),
    "misleadingMissingImportantContext": _("Important context is missing"),
    "misleadingUnverifiedClaimAsFact": _("An unverified claim given as fact"),
    "misleadingSatire": _("Satire that could be taken for news"),
    "misleadingOther": _("Something else"),
}
NOT_MISLEADING_REASONS = {
    "notMisleadingFactuallyCorrect": _("It is factually correct"),
    "notMisleadingOutdatedButNotWhenWritten": _("It was correct when it was written"),
    "notMisleadingClearlySatire": _("It is clearly satire"),
    "notMisleadingPersonalOpinion": _("It is clearly an opinion"),
    "notMisleadingOther": _("Something else"),
}
# Column of the public ratings file: what the form shows.
HELPFUL_TAGS = {
    "helpfulClear": _("Clear and well written"),
    "helpfulGoodSources": _("Cites good sources"),
    "helpfulAddressesClaim": _("Speaks to the statement itself"),
    "helpfulImportantContext": _("Gives important context"),
    "helpfulUnbiasedLanguage": _("Neutral language"),
    "helpfulOther": _("Something else"),
}
NOT_HELPFUL_TAGS = {
    "notHelpfulIncorrect": _("Incorrect information"),
    "notHelpfulSourcesMissingOrUnreliable": _("Sources missing or unreliable"),
    "notHelpfulMissingKeyPoints": _("Misses key points or is irrelevant"),
    "notHelpfulHardToUnderstand": _("Hard to understand"),
    "notHelpfulArgumentativeOrBiased": _("Argumentative or biased"),
    "notHelpfulSpamHarassmentOrAbuse": _("Spam, harassment or abuse"),
    "notHelpfulIrrelevantSources": _("The sources do not support the note"),
    "notHelpfulOpinionSpeculation": _("Opinion or speculation"),
    "notHelpfulNoteNotNeeded": _("No note is needed here"),
    "notHelpfulOther": _("Something else"),
}
