using System.Globalization;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>What runs along a chart.</summary>
public enum ChartAxis
{
    /// <summary>The training step.</summary>
    Step,

    /// <summary>The time of day.</summary>
    Time,

    /// <summary>The time since the first point of each line.</summary>
    Relative,
}

/// <summary>How large charts are.</summary>
public enum ChartSize
{
    /// <summary>Several in a row.</summary>
    Medium,

    /// <summary>As many in a row as can be read.</summary>
    Small,

    /// <summary>Each as wide as the page.</summary>
    Large,
}

/// <summary>How charts are drawn.</summary>
/// <param name="Axis">What runs along them.</param>
/// <param name="LogX">Whether it runs by powers of ten.</param>
/// <param name="LogY">Whether values rise by powers of ten.</param>
/// <param name="Smoothing">0 for none, below 1.</param>
/// <param name="IsTrimmed">Whether the most extreme values may lie outside.</param>
/// <param name="Size">How large they are.</param>
public sealed record ChartOptions(
    ChartAxis Axis = ChartAxis.Step, bool LogX = false, bool LogY = false, double Smoothing = 0, bool IsTrimmed = false, ChartSize Size = ChartSize.Medium)
{
    /// <summary>Reads what <see cref="ToAddress"/> wrote; anything else is as usual.</summary>
    public static ChartOptions Parse(string? text)
    {
        var options = new ChartOptions();
        foreach (var word in (text ?? "").Split(','))
        {
            options = word switch
            {
                "time" => options with { Axis = ChartAxis.Time },
                "relative" => options with { Axis = ChartAxis.Relative },
                "logx" => options with { LogX = true },
                "logy" => options with { LogY = true },
                "trim" => options with { IsTrimmed = true },
                "small" => options with { Size = ChartSize.Small },
                "large" => options with { Size = ChartSize.Large },
                _ when double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight < 1 =>
                    options with { Smoothing = weight },
                _ => options,
            };
        }

        return options;
    }

    /// <summary>As addresses hold it; null where all is as usual.</summary>
    public string? ToAddress()
    {
        var words = new List<string>();
        Add(Axis != ChartAxis.Step, Axis == ChartAxis.Time ? "time" : "relative");
        Add(LogX, "logx");
        Add(LogY, "logy");
        Add(IsTrimmed, "trim");
        Add(Size != ChartSize.Medium, Size == ChartSize.Small ? "small" : "large");
        Add(Smoothing > 0, Smoothing.ToString(CultureInfo.InvariantCulture));
        return words.Count == 0 ? null : string.Join(',', words);

        void Add(bool isSet, string word)
        {
            if (isSet)
            {
                words.Add(word);
            }
        }
    }
}
