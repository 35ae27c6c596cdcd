from django import template
from bistro.staff.models import Shift  # L101 bistro.staff.templatetags.shifts

register = template.Library()


@register.simple_tag
def shifts():
    return Shift.objects.all()  # L502 shifts
