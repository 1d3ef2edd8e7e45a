/** What a screen reader finds on the sandbox's pages, written out. `DATE` and `N` stand for what the day decides. */

export const FACE = {
  everyday: `
- main:
  - heading "Your accounts" [level=1]
  - button "Hide amounts"
  - button "Refresh balances"
  - paragraph: Available
  - paragraph: $9,544.76
  - paragraph: $9,544.76 yours $71,212.10 owed
  - list:
    - listitem:
      - link "Everyday Checking ending in 1234 $1,234.56 available"
    - listitem:
      - link "Rainy Day Savings ending in 5678 $8,310.20 available"
    - listitem:
      - link "Platinum Card ending in 9012 $35.00 due DATE $790.10 owed"
    - listitem:
      - link "Home Loan ending in 3456 $812.55 due DATE $70,422.00 owed"
  - paragraph: Updated N min ago
- status: Your accounts are shown.`,
  spanish: `
- main:
  - heading "Sus cuentas" [level=1]
  - button "Ocultar importes"
  - button "Actualizar saldos"
  - paragraph: Disponible
  - paragraph: $17,510.05
  - paragraph: $17,510.05 a favor $342.18 por pagar
  - list:
    - listitem:
      - link "Cuenta corriente terminada en 6601 $2,310.05 disponible"
    - listitem:
      - link "Ahorro para la casa terminada en 6602 $15,200.00 disponible"
    - listitem:
      - link "Tarjeta de crédito terminada en 6603 $25.00 vence el DATE $342.18 por pagar"
  - paragraph: Actualizado hace N min
- status: Se muestran sus cuentas.`,
};

/** Down to the last account: what follows changes with the days of the month. */
export const EXPANDED = {
  everyday: `
- main:
  - navigation:
    - link "Back to dashboard"
  - paragraph: Hello, \u2068Avery\u2069
  - heading "Your accounts" [level=1]
  - button "Hide amounts"
  - button "Refresh balances"
  - paragraph: Available
  - paragraph: $9,544.76
  - paragraph: $9,544.76 yours $71,212.10 owed
  - term: Assets
  - definition: $9,544.76
  - term: Owed
  - definition: $71,212.10
  - term: Net
  - definition: "-$61,667.34"
  - paragraph: Updated N min ago
  - heading "Cash" [level=2]
  - paragraph: $9,544.76
  - list:
    - listitem:
      - link "Everyday Checking ending in 1234 available $1,234.56 current $1,500.00"
      - group: Details of Everyday Checking
    - listitem:
      - link "Rainy Day Savings ending in 5678 available $8,310.20 current $8,310.20"
      - group: Details of Rainy Day Savings
  - heading "Credit" [level=2]
  - paragraph: owed $790.10
  - list:
    - listitem:
      - link "Platinum Card ending in 9012 $35.00 due DATE owed $790.10 available credit $4,209.90"
      - group: Details of Platinum Card
  - heading "Loans" [level=2]
  - paragraph: owed $70,422.00
  - list:
    - listitem:
      - link "Home Loan ending in 3456 $812.55 due DATE owed $70,422.00"
      - group: Details of Home Loan`,
  spanish: `
- main:
  - navigation:
    - link "Volver al panel"
  - paragraph: Hola, \u2068Inés\u2069
  - heading "Sus cuentas" [level=1]
  - button "Ocultar importes"
  - button "Actualizar saldos"
  - paragraph: Disponible
  - paragraph: $17,510.05
  - paragraph: $17,510.05 a favor $342.18 por pagar
  - term: Activos
  - definition: $17,510.05
  - term: Por pagar
  - definition: $342.18
  - term: Neto
  - definition: $17,167.87
  - paragraph: Actualizado hace N min
  - heading "Efectivo" [level=2]
  - paragraph: $17,510.05
  - list:
    - listitem:
      - link "Cuenta corriente terminada en 6601 disponible $2,310.05 actual $2,480.75"
      - group: Detalles de Cuenta corriente
    - listitem:
      - link "Ahorro para la casa terminada en 6602 disponible $15,200.00 actual $15,200.00"
      - group: Detalles de Ahorro para la casa
  - heading "Crédito" [level=2]
  - paragraph: por pagar $342.18
  - list:
    - listitem:
      - link "Tarjeta de crédito terminada en 6603 $25.00 vence el DATE por pagar $342.18 crédito disponible $2,657.82"
      - group: Detalles de Tarjeta de crédito`,
};

export const TRANSACTION_CONTROLS = {
  everyday: `
- heading "Recent transactions" [level=2]
- searchbox "Search transactions"
- combobox "Account":
- option "All accounts" [selected]
- option "Everyday Checking · 1234"
- option "Rainy Day Savings · 5678"
- option "Platinum Card · 9012"
- option "Home Loan · 3456"`,
  spanish: `
- heading "Movimientos recientes" [level=2]
- searchbox "Buscar movimientos"
- combobox "Cuenta":
- option "Todas las cuentas" [selected]
- option "Cuenta corriente · 6601"
- option "Ahorro para la casa · 6602"
- option "Tarjeta de crédito · 6603"`,
};
