"""What is personal in places: nothing."""

from workforce.core.personal import not_personal

not_personal("the map of the region", "places.Zone", "places.ZoneTravel", "places.Park")
