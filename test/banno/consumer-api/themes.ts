/** `GET /institutions/{id}/themes`: the bank's colours, light and dark. */

const RADIUS = { cardCornerRadius: 8, buttonCornerRadius: 20 };

export function themes() {
  return {
    default: { light: LIGHT, dark: DARK },
    additionalThemes: [{ name: 'Harbor', light: HARBOR, dark: DARK }],
  };
}

const LIGHT = {
  ...RADIUS,
  primaryContentBackgroundColor: '#ffffffff',
  primaryThemeBackgroundColor: '#007759ff',
  dashboardPageBackgroundColor: '#f4f2eeff',
  bodyTextPrimaryColor: '#231907ff',
  bodyTextSecondaryColor: '#231907a6',
  bodyTextThemeColor: '#007759ff',
  bodyTextDepositColor: '#1b7340ff',
  bodyTextAlertColor: '#b3261eff',
  primaryButtonColor: '#007759ff',
  primaryButtonTextColor: '#ffffffff',
  linkButtonTextColor: '#007759ff',
  focusHighlightColor: '#0b5fffff',
  dividerDefaultColor: '#23190724',
  dividerAlternativeColor: '#23190714',
  // Not every value is one colour: gradients are arrays, shadows plain strings.
  menuBackgroundColor: ['#007759ff', '#004d3aff'],
  cardShadow: '0 1px 3px rgba(0, 0, 0, 0.2)',
};

const DARK = {
  ...RADIUS,
  primaryContentBackgroundColor: '#20201eff',
  primaryThemeBackgroundColor: '#004d3aff',
  dashboardPageBackgroundColor: '#121211ff',
  bodyTextPrimaryColor: '#e6e6e6ff',
  bodyTextSecondaryColor: '#e6e6e6b3',
  bodyTextThemeColor: '#4fc9abff',
  bodyTextDepositColor: '#6fd08cff',
  bodyTextAlertColor: '#f2867fff',
  primaryButtonColor: '#4fc9abff',
  primaryButtonTextColor: '#0e0e0dff',
  linkButtonTextColor: '#4fc9abff',
  focusHighlightColor: '#8ab4ffff',
  dividerDefaultColor: '#e6e6e633',
  dividerAlternativeColor: '#e6e6e61f',
  menuBackgroundColor: ['#004d3aff', '#002e23ff'],
  cardShadow: 'none',
};

const HARBOR = { ...LIGHT, bodyTextThemeColor: '#0a4d8cff', primaryButtonColor: '#0a4d8cff' };
