"""Rows that hang on others: restricted, along trees, by generic keys, by keys of two columns."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Note(models.Model):
    """What somebody wrote about anything."""

    text = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey()


class Artist(models.Model):
    name = models.CharField(max_length=40)
    notes = GenericRelation(Note, related_query_name="artist")
    likes = models.JSONField(default=dict)


class Album(models.Model):
    """Goes with its artist, but not while songs of other artists are on it."""

    name = models.CharField(max_length=40)
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="albums")
    notes = GenericRelation(Note)


class Song(models.Model):
    name = models.CharField(max_length=40)
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="songs")
    album = models.ForeignKey(Album, models.RESTRICT, related_name="songs")


class Cover(models.Model):
    """Nothing else takes it along: it forbids."""

    song = models.ForeignKey(Song, models.RESTRICT, related_name="covers")


class Genre(models.Model):
    """A tree whose branches go with their trunk."""

    name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")


class Playlist(models.Model):
    """A key that may be null, and one that may not."""

    name = models.CharField(max_length=40)
    owner = models.ForeignKey(Artist, models.CASCADE, null=True, related_name="playlists")
    genre = models.ForeignKey(Genre, models.CASCADE, related_name="playlists")


class Track(models.Model):
    """A place on a playlist: its key has two columns."""

    pk = models.CompositePrimaryKey("playlist", "position")
    playlist = models.ForeignKey(Playlist, models.CASCADE, related_name="tracks")
    position = models.IntegerField()
    song = models.ForeignKey(Song, models.CASCADE, null=True, related_name="tracks")
