/** What is said in the gallery that one looks into closely. */
export const zoom = {
  larger: 'Larger',
  smaller: 'Smaller',
  before: 'Previous picture',
  next: 'Next picture',
  close: 'Close',
  panHint: 'Drag or use the arrow keys to look around.',
}
