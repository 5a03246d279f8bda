/**
 * Layout of an official document after GB/T 9704-2012, in the units of a Word file: twips (1/20 pt, 1/1440 inch), half
 * points for type, 1/4096 pt for the character grid.
 */

/** A4, 210 × 297 mm. */
export const page = { width: 11906, height: 16838 } as const;

/**
 * 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm: 26 mm and 35 mm are left at the right and below. The foot gives up 4 twips (0.07 mm):
 * 22 lines of 580 twips must fit whole, or the last goes to the next page.
 */
export const margins = { top: 2098, left: 1588, right: 1474, bottom: 1980 } as const;

/** The page number stands 7 mm below the text: its foot is 23 mm above the edge of the paper. */
export const footerDistance = 1304;

/** 22 lines of 28 characters: 225 mm / 22 = 28.99 pt; 156 mm / 28 = 15.79 pt, 0.207 pt less than the type's 16 pt. */
export const grid = { linePitch: 580, charSpace: -848 } as const;

/** Type sizes by their Chinese numbers. */
export const size = { two: 44, three: 32, four: 28, five: 21 } as const;

/** Fonts as GB/T 9704 names them; what stands in for each where it is not installed. */
export const fonts = {
  title: { name: '方正小标宋简体', instead: '方正小标宋_GBK,小标宋体,华文中宋,宋体' },
  body: { name: '仿宋_GB2312', instead: '仿宋,FangSong,华文仿宋' },
  first: { name: '黑体', instead: 'SimHei,方正黑体_GBK' },
  second: { name: '楷体_GB2312', instead: '楷体,KaiTi,华文楷体' },
  number: { name: '宋体', instead: 'SimSun' },
} as const;

export type FontName = (typeof fonts)[keyof typeof fonts]['name'];

/**
 * Type of 16 pt stands in cells of 15.79 pt. Word narrows it by the grid; LibreOffice gives a letter that is wider than its
 * cell two cells. So neither lines nor letters lean on the grid that the page declares: the lines are exactly as far apart,
 * and 0.3 pt (6 twips) is taken out between letters, which sets 28 on a line in Word, WPS and LibreOffice.
 */
export const tighter = '<w:snapToGrid w:val="0"/><w:spacing w:val="-6"/>';
export const onLines = `<w:snapToGrid w:val="0"/><w:spacing w:line="${grid.linePitch}" w:lineRule="exact"/>`;
