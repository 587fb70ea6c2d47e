from stall.models import Stall


def names():
    return Stall.objects.values_list("name")
