"""Call sites whose SQL is written by hand."""

from songs.models import Artist


def artist(request, pk):
    return list(Artist.objects.raw("SELECT * FROM songs_artist WHERE id = %s", [pk]))


def named(request):
    return Artist.objects.raw("SELECT * FROM songs_artist WHERE name = %(q)s", params={"q": request.GET["q"]})


def among(request, words):
    return Artist.objects.raw("SELECT * FROM songs_artist WHERE id IN (" + ",".join(words) + ")")
