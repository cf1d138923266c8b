/** The columns of the log from `xl` up; below, each event takes a few short lines. */
export const rowGrid = [
  'grid items-center gap-x-3 px-4 text-sm',
  'grid-cols-[0.875rem_minmax(0,1fr)_auto]',
  "[grid-template-areas:'mark_event_time'_'._path_status'_'._why_why'_'._who_took']",
  'md:grid-cols-[0.875rem_minmax(0,1fr)_minmax(0,1fr)_2rem_5.75rem]',
  "md:[grid-template-areas:'mark_event_path_status_time'_'._why_who_who_took']",
  'xl:grid-cols-[0.875rem_5.75rem_minmax(0,1.25fr)_1.75rem_minmax(0,1fr)_minmax(0,14.5rem)_3.75rem]',
  "xl:[grid-template-areas:'mark_time_event_status_path_who_took']",
].join(' ')

/** Adds the line that describes the event in words. */
export const rowGridExplained =
  "xl:[grid-template-areas:'mark_time_event_status_path_who_took'_'._._why_why_why_why_why']"
