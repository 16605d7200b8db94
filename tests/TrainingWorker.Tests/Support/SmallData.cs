using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Tests.Support;

/// <summary>Generated data that a job is through with in seconds.</summary>
internal static class SmallData
{
    public static SyntheticOptions Options { get; } = new() { Users = 90, Items = 60, MeanEventsPerUser = 24 };

    public static DataSet Generate() => SyntheticData.Generate(Options);
}
