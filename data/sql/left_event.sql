-- event: without those that leave. Built from: leaving_event.
DELETE FROM event WHERE rowid IN (SELECT row_number FROM leaving_event);
