const places = new Map<string, number>()

/** How far each list was scrolled when it was left, so that whoever comes back is where they were. */
export function keepPlace(list: string, offset: number): void {
  places.set(list, offset)
}

export function placeOf(list: string): number {
  return places.get(list) ?? 0
}
