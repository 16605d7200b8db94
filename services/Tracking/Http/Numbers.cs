using System.Globalization;

namespace MlKit.Tracking.Http;

/// <summary>Doubles as text, the spellings of Python and of proto JSON included.</summary>
internal static class Numbers
{
    /// <summary>The name, in both spellings, of what JSON has no number for.</summary>
    public static string NameOf(double notFinite) => double.IsNaN(notFinite) ? "NaN" : notFinite > 0 ? "Infinity" : "-Infinity";

    public static bool TryParse(string text, out double value)
    {
        switch (text.Trim().ToLowerInvariant())
        {
            case "nan" or "+nan" or "-nan":
                value = double.NaN;
                return true;
            case "inf" or "+inf" or "infinity" or "+infinity":
                value = double.PositiveInfinity;
                return true;
            case "-inf" or "-infinity":
                value = double.NegativeInfinity;
                return true;
            default:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                    && double.IsFinite(value);
        }
    }
}
