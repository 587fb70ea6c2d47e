"""Stand-ins for a request and for who makes it: they answer what was given, and end the run at any other question."""


class Ended(BaseException):
    """The run ends here; ``raised`` are all of one run: code that catches every exception did not see its end."""

    raised = []  # type: list

    def __init__(self, what):
        super().__init__(what)
        Ended.raised.append(self)


class Asked(Ended):
    """A question that has no answer yet: ``("staff",)``, ``("may", "shop.sell")``."""

    def __init__(self, question):
        super().__init__(question)
        self.question = question


class Unknown(Ended):
    """Something is asked that no guard could ask of its user."""


class _Closed:
    """Every way to look at an object that is not among its questions ends the run: a guess would be a wrong answer."""

    def _refuse(self, *_):
        raise Unknown("it compares, prints or measures the %s" % type(self).__name__.lower())

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __hash__ = __str__ = __repr__ = __format__ = _refuse
    __len__ = __iter__ = __contains__ = __getitem__ = __call__ = __reduce__ = _refuse

    def __bool__(self):
        return True

    def __getattribute__(self, name):
        if name == "__class__" or name == "__dict__":  # isinstance(), vars()
            raise Unknown("it asks what kind of thing the %s is" % type(self).__name__.lower())
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        raise Unknown("it asks for `%s.%s`" % (type(self).__name__.lower(), name))

    def __setattr__(self, name, value):
        raise Unknown("it sets `%s.%s`" % (type(self).__name__.lower(), name))


class User(_Closed):
    """Who asks. ``given``: answers by question, its words joined by spaces."""

    def __init__(self, given):
        object.__setattr__(self, "_given", given)

    is_authenticated = property(lambda self: self._ask("authenticated"))
    is_anonymous = property(lambda self: not self._ask("authenticated"))
    is_active = property(lambda self: self._ask("active"))
    is_staff = property(lambda self: self._ask("staff"))
    is_superuser = property(lambda self: self._ask("superuser"))

    def has_perm(self, perm, obj=None):
        """A permission granted in general."""
        if obj is not None or type(perm) is not str:
            raise Unknown("it asks for a permission on an object, or for one that has no name")
        return self._ask("may", perm)

    def has_perms(self, perm_list, obj=None):
        """All of them."""
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def _ask(self, *question):
        key = " ".join(question)
        if key not in self._given:
            raise Asked(question)
        return self._given[key]


class Request(_Closed):
    """A request of which only the user may be asked."""

    def __init__(self, user):
        object.__setattr__(self, "user", user)
