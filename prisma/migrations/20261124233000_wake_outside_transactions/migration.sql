-- A transaction that notifies takes a lock of the whole server until it is flushed to disk, so that
-- commits cannot share a flush. Readers of the live feed are woken after the commit instead.
DROP TRIGGER "event_notify" ON "Event";
DROP FUNCTION "event_notify"();
