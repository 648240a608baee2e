import { pagesRoot } from '../../../place.ts'
import { nameOf, useMe } from '../../../session/session.tsx'
import { Picture } from '../../../ui/person.tsx'
import classes from './cells.module.css'
import type { Person } from './question.ts'

/** Somebody's picture, name and address; the name leads to their page, by way of the row that it stands in. */
export function PersonLink({ person }: { readonly person: Person }) {
  const isOneself = useMe().id === person.id
  const name = nameOf(person)
  return (
    <div className={classes.person}>
      <Picture person={person} />
      <div className={classes.names}>
        <div className={classes.name}>
          <a href={`${pagesRoot}/console/users/${person.id}`} className="quiet-link">
            {name}
          </a>
          {isOneself && <span className={classes.you}>you</span>}
        </div>
        {person.email !== name && <div className={classes.address}>{person.email}</div>}
      </div>
    </div>
  )
}
