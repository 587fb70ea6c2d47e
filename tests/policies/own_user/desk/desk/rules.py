import rules


@rules.predicate
def writes(user, letter):
    return letter.writer_id == user.pk


@rules.predicate
def is_sent(user, letter):
    return letter.sent


rules.add_perm("desk.view_letter", writes | is_sent)
rules.add_perm("desk.change_letter", writes & ~is_sent)
