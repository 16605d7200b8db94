using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker;

/// <summary>The configured data, or generated data where none is configured.</summary>
internal static class DataSource
{
    public static DataSet Read(string? path, CsvColumns columns, CancellationToken cancellationToken) =>
        path is null ? SyntheticData.Generate() : DataSetReader.Read(Path.GetFullPath(path), columns, cancellationToken);
}
