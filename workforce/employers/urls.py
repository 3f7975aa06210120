"""Web addresses of employers' members."""

from django.urls import URLPattern, path

from workforce.employers.views import clients, edit, manage, paste, plants, routes

urlpatterns: list[URLPattern] = [
    path("org/<slug:slug>/plants/", plants.org_plants, name="org-plants"),
    path("org/<slug:slug>/plants/<int:pk>/", plants.plant_edit, name="plant-edit"),
    path("org/<slug:slug>/plants/<int:pk>/routes/", routes.plant_routes, name="plant-routes"),
    path("org/<slug:slug>/plants/<int:pk>/routes/<int:route_pk>/", routes.route_edit, name="route-edit"),
    path("org/<slug:slug>/plants/<int:pk>/routes/<int:route_pk>/remove/", routes.route_remove, name="route-remove"),
    path("org/<slug:slug>/plants/<int:pk>/routes/<int:route_pk>/stops/", routes.route_stops, name="route-stops"),
    path(
        "org/<slug:slug>/plants/<int:pk>/routes/<int:route_pk>/stops/<int:stop_pk>/", routes.stop_edit, name="stop-edit"
    ),
    path(
        "org/<slug:slug>/plants/<int:pk>/routes/<int:route_pk>/stops/<int:stop_pk>/remove/",
        routes.stop_remove,
        name="stop-remove",
    ),
    path("org/<slug:slug>/clients/", clients.org_clients, name="org-clients"),
    path("org/<slug:slug>/clients/<int:pk>/answer/", clients.client_answer, name="client-answer"),
    path("org/<slug:slug>/roles/", manage.org_roles, name="org-roles"),
    path("org/<slug:slug>/roles/new/", edit.role_create, name="role-create"),
    path("org/<slug:slug>/roles/paste/", paste.role_paste, name="role-paste"),
    path("org/<slug:slug>/roles/<int:pk>/edit/", edit.role_edit, name="role-edit"),
    path("org/<slug:slug>/roles/<int:pk>/publish/", manage.role_publish, name="role-publish"),
    path("org/<slug:slug>/roles/<int:pk>/close/", manage.role_close, name="role-close"),
    path("roles/occupations/", edit.occupation_options, name="occupation-options"),
]
