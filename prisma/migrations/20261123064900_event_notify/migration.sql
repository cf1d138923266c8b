-- Wakes the readers of the live feed, once per statement. The payload is empty: a reader selects the
-- rows after its cursor, so that a lost or repeated notification changes nothing.
CREATE FUNCTION "event_notify"() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('portico_events', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER "event_notify" AFTER INSERT ON "Event"
FOR EACH STATEMENT EXECUTE FUNCTION "event_notify"();
