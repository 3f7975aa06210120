"""What is personal at employers: who wrote a role."""

from workforce.core.personal import not_personal, trace

not_personal(
    "what an organization offers, not a person",
    "employers.Plant",
    "employers.RoleSkill",
    "employers.RoleCredential",
    "employers.Route",
    "employers.RouteStop",
    "employers.AgencyClient",
    "employers.ResponseRate",
)
not_personal("what an organization offers; who wrote it is a trace", "employers.Role")
trace("employers.AgencyClient", "confirmed_by", "who confirmed for the client, as their work")
trace("employers.Role", "created_by", "who wrote the role, as their work")
