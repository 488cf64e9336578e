"""Read the packages of JavaScript: npm, Yarn, pnpm, Bun, Deno and Bower."""
