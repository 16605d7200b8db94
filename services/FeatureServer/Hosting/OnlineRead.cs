using System.Globalization;
using MlKit.Feast;

namespace MlKit.FeatureServer.Hosting;

/// <summary>One online read that is measured.</summary>
internal sealed class OnlineRead(FeastMetrics metrics, long started)
{
    /// <summary>Range of the number of features, as Feast's label has it.</summary>
    public string FeatureBin { get; private set; } = "";

    /// <summary>Number of views.</summary>
    public string ViewCount { get; private set; } = "";

    public void Answered(OnlineFeatures answer)
    {
        metrics.Read(started, answer);
        FeatureBin = answer.FeatureCount switch
        {
            <= 10 => "1-10",
            <= 50 => "11-50",
            <= 200 => "51-200",
            _ => "201+",
        };
        ViewCount = answer.Views.Count.ToString(CultureInfo.InvariantCulture);
    }
}
