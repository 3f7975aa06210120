"""What is personal in notifications: all of it is one person's own."""

from workforce.core.personal import FIRST, declare

declare("notifications.Delivery", user="user", order=FIRST, hidden={"how it was sent": "ref provider_id last_error"})
declare("notifications.Notification", user="user")
declare("notifications.Preference", user="user")
declare("notifications.Clock", user="user")
