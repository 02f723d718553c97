// The panel's few icons, drawn as strokes in the colour of the text around them. Shapes after the Lucide set (ISC).

const SHAPES = {
  close: 'M18 6 6 18M6 6l12 12',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  back: 'M15 18l-6-6 6-6',
  send: 'M22 2 11 13M22 2l-7 20-4-9-9-4z',
  clip: 'M21 11l-9 9a6 6 0 0 1-8.500-8.500l9-9a4 4 0 0 1 5.700 5.700l-9 9a2 2 0 0 1-2.800-2.800l8.300-8.300',
  file: 'M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8zM14 2v6h6',
  person: 'M20 21v-2a4 4 0 0 0-4-4H8a4 4 0 0 0-4 4v2M16 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0z',
  people: 'M17 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M13.500 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM22 21v-2a4 4 0 0 0-3-3.900M16 3.100a4 4 0 0 1 0 7.800',
  spark: 'M12 3l1.900 5.800a2 2 0 0 0 1.300 1.300L21 12l-5.800 1.900a2 2 0 0 0-1.300 1.300L12 21l-1.900-5.800a2 2 0 0 0-1.300-1.300L3 12l5.800-1.900a2 2 0 0 0 1.300-1.300z',
  server: 'M4 4h16v6H4zM4 14h16v6H4zM8 7h.01M8 17h.01',
  clock: 'M12 7v5l3 2M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0z',
  down: 'M12 3v12M7 10l5 5 5-5M4 21h16',
  bin: 'M3 6h18M8 6V4h8v2M6 6l1 15h10l1-15M10 11v6M14 11v6',
  shield: 'M12 22s8-4 8-10V5l-8-3-8 3v7c0 6 8 10 8 10z',
  globe: 'M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0zM2 12h20M12 2a15 15 0 0 1 0 20 15 15 0 0 1 0-20z',
  check: 'M20 6 9 17l-5-5',
  alert: 'M12 8v5M12 16.500h.01M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0z',
  out: 'M7 17 17 7M8 7h9v9',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, turn }: { name: IconName; turn?: boolean }) {
  return (
    <svg class={`icon${turn ? ' turn' : ''}${name === 'more' ? ' thick' : ''}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
