"""Our list of zones and parks: loaded any number of times, by code, and every bad row named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from tests.factories import PlantFactory, ZoneFactory
from workforce.places import listing
from workforce.places.forms import ParkField, ZoneField
from workforce.places.listing import PARKS_FILE, ZONES_FILE
from workforce.places.models import Park, Zone
from workforce.places.services import load_places
from workforce.places.travel import distance_km

pytestmark = pytest.mark.django_db
HEAD = "code,name,name_en,city,country,latitude,longitude,approximate"
# The codes of the first release: people and plants refer to them, so each must stay where it was.
FIRST_CODES = {
    "juarez-anapra": (31.769, -106.555),
    "juarez-zaragoza": (31.655, -106.338),
    "juarez-san-jeronimo": (31.778, -106.672),
    "el-paso-butterfield": (31.805, -106.365),
    "las-cruces": (32.314, -106.779),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def list_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our list, cut down to two zones and no park: returns the file of zones."""
    zones, parks = tmp_path / "zones.csv", tmp_path / "parks.csv"
    zones.write_text(
        f"{HEAD}\na,Uno,,Ciudad Juárez,MX,31.7,-106.4,yes\nb,Dos,,El Paso,US,31.8,-106.4,\n", encoding="utf-8"
    )
    parks.write_text("code,name,zone,latitude,longitude,approximate\n", encoding="utf-8")
    monkeypatch.setattr(listing, "ZONES_FILE", zones)
    monkeypatch.setattr(listing, "PARKS_FILE", parks)
    return zones


def test_our_list_is_as_long_as_promised_and_says_that_it_is_approximate() -> None:
    load_places()
    assert Zone.objects.count() >= 60
    assert Park.objects.count() >= 40
    assert not Zone.objects.filter(approximate=False).exists()
    assert not Park.objects.filter(approximate=False).exists()
    cities = set(Zone.objects.values_list("city", flat=True))
    assert {"Ciudad Juárez", "El Paso", "Santa Teresa", "Sunland Park", "Las Cruces", "Anthony"} <= cities
    assert {"San Elizario", "Socorro", "Samalayuca"} <= cities
    assert {"Ciudad Juárez", "El Paso", "Santa Teresa"} <= set(Park.objects.values_list("zone__city", flat=True))


def test_codes_of_the_first_release_are_where_they_were() -> None:
    load_places()
    for code, (latitude, longitude) in FIRST_CODES.items():
        zone = Zone.objects.get(code=code)
        assert distance_km(zone, Zone(latitude=latitude, longitude=longitude)) < 2, code


def test_every_park_lies_near_its_zone_and_no_two_zones_in_one_place() -> None:
    load_places()
    for park in Park.objects.select_related("zone"):
        assert distance_km(park, park.zone) < 12, park.code  # type: ignore[arg-type]
    spots = [(row["latitude"], row["longitude"]) for row in rows(ZONES_FILE)]
    assert len(set(spots)) == len(spots)


def test_loading_again_changes_nothing_and_says_so() -> None:
    load_places()
    before = list(Zone.objects.order_by("pk").values_list()), list(Park.objects.order_by("pk").values_list())
    again = load_places()
    assert (list(Zone.objects.order_by("pk").values_list()), list(Park.objects.order_by("pk").values_list())) == before
    for name, changes in again.files:
        assert (changes.added, changes.changed, changes.retired) == ([], [], []), name
    assert again.files[0][1].same == len(rows(ZONES_FILE))
    assert again.files[1][1].same == len(rows(PARKS_FILE))


def test_what_was_added_changed_and_retired_is_told(list_of_two: Path) -> None:
    first = dict(load_places().files)["zones"]
    assert (first.added, first.changed, first.retired) == (["a", "b"], [], [])
    list_of_two.write_text(
        f"{HEAD}\na,Uno Nuevo,,Ciudad Juárez,MX,31.7,-106.4,\nc,Tres,,El Paso,US,31.9,-106.4,no\n", encoding="utf-8"
    )
    second = dict(load_places().files)["zones"]
    assert (second.added, second.changed, second.retired) == (["c"], ["a"], ["b"])
    assert Zone.objects.get(code="a").name == "Uno Nuevo"
    assert Zone.objects.get(code="b").retired
    assert not Zone.objects.get(code="c").approximate
    assert dict(load_places().files)["zones"].retired == []


def test_a_retired_zone_stays_with_who_has_it_and_comes_back(list_of_two: Path) -> None:
    load_places()
    zone = Zone.objects.get(code="b")
    plant = PlantFactory(zone=zone)
    text = list_of_two.read_text(encoding="utf-8")
    list_of_two.write_text("\n".join(text.splitlines()[:2]), encoding="utf-8")
    load_places()
    field = ZoneField()
    assert zone not in field.queryset
    field.offer(plant.zone_id)
    assert zone in field.queryset
    list_of_two.write_text(text, encoding="utf-8")
    load_places()
    assert zone in ZoneField().queryset


def test_what_staff_keep_by_hand_is_left_alone(list_of_two: Path) -> None:
    load_places()
    Zone.objects.filter(code="a").update(name="De la casa", by_hand=True)
    ZoneFactory(code="own", by_hand=True)
    changes = dict(load_places().files)["zones"]
    assert (changes.kept, changes.same, changes.retired) == (1, 1, [])
    assert Zone.objects.get(code="a").name == "De la casa"


def test_a_file_of_ones_own_comes_on_top_and_is_never_retired(list_of_two: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("code,name,city,country,latitude,longitude\nx,Equis,El Paso,US,31.8,-106.3\n", encoding="utf-8")
    parks = tmp_path / "own-parks.csv"
    parks.write_text("code,name,zone,latitude,longitude\np,Parque P,x,31.8,-106.3\n", encoding="utf-8")
    assert dict(load_places(own, parks).files)["own.csv"].added == ["x"]
    load_places()
    assert not Zone.objects.get(code="x").retired
    assert Park.objects.get(code="p").zone.code == "x"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("z,Uno,,Ciudad Juárez,MX,x,-106,", "could not convert"),
        ("z,Uno,,Ciudad Juárez,FR,31,-106,", "country"),
        (",Uno,,Ciudad Juárez,MX,31,-106,", "code"),
        ("z,,,Ciudad Juárez,MX,31,-106,", "name"),
        ("z,Uno", "line 3"),
        ("z,Uno,,Ciudad Juárez,MX,-106,31,", "not in the region"),
        ("z,Uno,,Ciudad Juárez,MX,nan,-106,", "not in the region"),
        ("z,Uno,,Ciudad Juárez,MX,31,-106,maybe", "yes or no"),
        ("y,Uno,,Ciudad Juárez,MX,31,-106,", "there twice"),
        ("z z,Uno,,Ciudad Juárez,MX,31,-106,", "code"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line_and_nothing_is_written(tmp_path: Path, row: str, says: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(f"{HEAD}\ny,Buena,,El Paso,US,31.8,-106.4,\n{row}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"mine\.csv, line 3: .*" + says if says != "line 3" else "mine.csv, line 3"):
        call_command("load_places", str(file))
    assert not Zone.objects.exists()


def test_a_park_in_no_zone_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("code,name,zone,latitude,longitude\np,Parque,nowhere,31.8,-106.4\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line 2: there is no zone 'nowhere'"):
        call_command("load_places", parks=file)
    assert not Park.objects.exists()


def test_the_command_reports_what_it_did(capsys: pytest.CaptureFixture[str], list_of_two: Path) -> None:
    call_command("load_places")
    list_of_two.write_text(f"{HEAD}\na,Otro,,Ciudad Juárez,MX,31.7,-106.4,\n", encoding="utf-8")
    capsys.readouterr()
    call_command("load_places")
    told = capsys.readouterr().out
    assert "zones: 0 added, 1 changed, 1 retired" in told
    assert "retired: b" in told


def test_a_zone_is_named_in_the_readers_language() -> None:
    zone = Zone(name="Lejano Este", name_en="Far East", city="El Paso")
    with override("es"):
        assert str(zone) == "Lejano Este, El Paso"
    with override("en"):
        assert str(zone) == "Far East, El Paso"
        assert str(Zone(name="Anapra", city="Ciudad Juárez")) == "Anapra, Ciudad Juárez"


def test_choices_stand_under_their_cities() -> None:
    load_places()
    for field in (ZoneField(), ParkField()):
        headings = [heading for heading, _ in list(field.choices)[1:]]
        assert len(headings) == len(set(headings))
        assert {"Ciudad Juárez", "El Paso", "Santa Teresa"} <= set(headings)
