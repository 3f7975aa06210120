"""What must be true of applications, hires and placements, whoever clicked at the same moment."""

from __future__ import annotations

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from workforce.core.invariants import invariant
from workforce.core.personal import plain
from workforce.employers.choices import RoleState
from workforce.employers.models import Role
from workforce.hiring.choices import Actor, PlacementSource
from workforce.hiring.choices import ApplicationState as State
from workforce.hiring.models import LIVE_STATES, Application, ApplicationEvent, Placement
from workforce.hiring.moves import MOVES
from workforce.technicians.choices import GONE, GrantScope
from workforce.technicians.models import Grant

ROLE, APPLICATION, EVENT = "employers.Role", "hiring.Application", "hiring.ApplicationEvent"


@invariant("hires_within_openings", "Never more are hired than there are openings.", model=ROLE)
def _too_many_hires() -> QuerySet[Role]:
    return plain(ROLE).annotate(hires=_hires()).filter(Q(hires__gt=F("openings")) | Q(hired__gt=F("openings")))


@invariant("hires_are_counted", "A role counts exactly its applications that stand at hired.", model=ROLE)
def _miscounted_hires() -> QuerySet[Role]:
    return plain(ROLE).annotate(hires=_hires()).exclude(hires=F("hired"))


@invariant("full_roles_are_closed", "A role whose openings are all filled takes no more applications.", model=ROLE)
def _full_and_open() -> QuerySet[Role]:
    return plain(ROLE).filter(state=RoleState.PUBLISHED, hired__gte=F("openings"))


@invariant("one_application_per_pair", "A person has one application to a role.", model=APPLICATION)
def _doubled() -> QuerySet[Application]:
    same = plain(APPLICATION).filter(role=OuterRef("role"), technician=OuterRef("technician"), pk__lt=OuterRef("pk"))
    return plain(APPLICATION).filter(Exists(same))


@invariant("state_is_the_last_move", "An application stands where its last move led.", model=APPLICATION)
def _elsewhere() -> QuerySet[Application]:
    last = plain(EVENT).filter(application=OuterRef("pk")).order_by("-pk").values("to_state")[:1]
    return plain(APPLICATION).annotate(led=Coalesce(Subquery(last), Value(""))).exclude(led=F("state"))


@invariant("moves_are_a_chain", "Each move begins where the one before it ended.", model=EVENT)
def _torn() -> QuerySet[ApplicationEvent]:
    before = plain(EVENT).filter(application=OuterRef("application"), pk__lt=OuterRef("pk"))
    led = Coalesce(Subquery(before.order_by("-pk").values("to_state")[:1]), Value(""))
    return plain(EVENT).annotate(led=led).exclude(led=F("from_state"))


@invariant("moves_are_in_the_table", "Nobody made a move that the table of moves does not have.", model=EVENT)
def _forbidden() -> QuerySet[ApplicationEvent]:
    allowed = Q(from_state="", to_state=State.NEW, side=Actor.TECHNICIAN)
    # Erasing a person ends what waited; rows from before moves were written have none but their end.
    allowed |= Q(from_state__in=LIVE_STATES, to_state=State.WITHDRAWN, side=Actor.SYSTEM)
    allowed |= Q(from_state="", side=Actor.SYSTEM)
    for (state, actor), targets in MOVES.items():
        allowed |= Q(from_state=state, to_state__in=targets, side=actor)
    return plain(EVENT).exclude(allowed)


@invariant("contact_while_live", "The employer may know who applied while an application is live.", model=APPLICATION)
def _live_unknown() -> QuerySet[Application]:
    live = plain(APPLICATION).filter(state__in=LIVE_STATES).exclude(technician__state__in=GONE)
    # Whoever was hired may have taken the contact back since, before the employer took back the hire.
    was_hired = plain(EVENT).filter(application=OuterRef("pk"), from_state=State.HIRED)
    return live.exclude(Exists(_contact())).exclude(Exists(was_hired))


@invariant("no_contact_after_an_end", "An end without a hire ends the contact that came with it.", model=APPLICATION)
def _ended_known() -> QuerySet[Application]:
    ended = plain(APPLICATION).filter(state__in=(State.REFUSED, State.WITHDRAWN, State.EXPIRED))
    return ended.filter(Exists(_contact()))


@invariant("hired_has_a_placement", "Whoever is hired has the placement of that hire.", model=APPLICATION)
def _not_placed() -> QuerySet[Application]:
    placed = plain("hiring.Placement").filter(application=OuterRef("pk"), source=PlacementSource.HIRE)
    return plain(APPLICATION).filter(state=State.HIRED).exclude(Exists(placed))


@invariant("placed_was_hired", "A placement of an application is that of a hire that stands.", model="hiring.Placement")
def _placed_only() -> QuerySet[Placement]:
    return plain("hiring.Placement").filter(application__isnull=False).exclude(application__state=State.HIRED)


def _hires() -> Coalesce:
    of_role = plain(APPLICATION).filter(role=OuterRef("pk"), state=State.HIRED).order_by().values("role")
    return Coalesce(Subquery(of_role.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _contact() -> QuerySet[Grant]:
    """The contact grant in force that came with an application."""
    source = Concat(Value("application:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    return plain("technicians.Grant").filter(
        technician=OuterRef("technician"), scope=GrantScope.CONTACT, revoked_at=None, source=source
    )
