using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker;

/// <summary>The configured data, or generated data where none is configured, with the feedback that came since.</summary>
internal static class DataSource
{
    public static DataSet Read(TrainingOptions options, CancellationToken cancellationToken)
    {
        var reading = new DataReadOptions { Columns = options.Columns, Lenient = options.Lenient };
        var data = options.DataPath is null ? SyntheticData.Generate() : DataSetReader.Read(Path.GetFullPath(options.DataPath), reading, cancellationToken);
        return options.Events is null ? data : EventLogReader.Append(data, options.Events, reading, cancellationToken);
    }
}
