"""What a browser says of itself, in words that its owner recognises."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# In this order: most browsers also give the names of those they imitate.
BROWSERS = {
    "Firefox": "Firefox",
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "FxiOS": "Firefox",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


@register.filter
def browser(user_agent: str) -> str:
    """Of « Mozilla/5.0 (X11; Linux…) … Firefox/140.0 »: "Firefox, Linux"."""
    names = (
        next((name for sign, name in each.items() if sign in user_agent), "")
        for each in (BROWSERS, SYSTEMS)
    )
    return ", ".join(filter(None, names)) or _("A browser that does not say its name")
