/** Imports the modules of a cell that users wrote, before it is run: see core/user-modules.ts. */
import { catalog } from '../catalog.js'
import { messageOf, UserError } from '../core/errors.js'
import { provideModule, type UserModule } from '../core/user-modules.js'
import type { Cell } from '../experiment/cell.js'

export async function loadModules({ strategy: { name, options } }: Cell): Promise<void> {
  const modules = catalog.strategies.get(name)?.modules?.(options) ?? []
  for (const module of modules) provideModule(module, await imported(module))
}

async function imported({ module, text }: UserModule): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`)
  } catch (thrown) {
    throw new UserError(`${module} cannot be loaded: ${messageOf(thrown)}`)
  }
}
