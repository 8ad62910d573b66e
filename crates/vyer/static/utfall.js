/* Utfall: quicker where scripts run. Nothing depends on this file. */
