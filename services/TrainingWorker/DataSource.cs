using MlKit.Recommendation.Data;
using MlKit.Storage;

namespace MlKit.TrainingWorker;

/// <summary>The configured data, or generated data where none is configured, with the feedback that came since.</summary>
/// <param name="DataPath">Folder or file of the data on this machine; null: generated data.</param>
/// <param name="Events">Folder of the feedback on this machine; null: none.</param>
internal sealed record DataSource(string? DataPath, string? Events)
{
    /// <summary>Brings what is in a bucket to this machine's disk.</summary>
    /// <exception cref="IOException">The bucket cannot be read.</exception>
    public static async Task<DataSource> FetchAsync(TrainingOptions options, CancellationToken cancellationToken)
    {
        return new DataSource(await LocalAsync(options.DataPath), await LocalAsync(options.Events));

        async Task<string?> LocalAsync(string? location) => location is null
            ? null
            : await LocalMirror.UpdateAsync(location, Path.Combine(options.State, "mirror"), options.S3, cancellationToken);
    }

    /// <exception cref="DataFormatException">The data cannot be used.</exception>
    public DataSet Read(TrainingOptions options, CancellationToken cancellationToken)
    {
        var reading = new DataReadOptions { Columns = options.Columns, Lenient = options.Lenient };
        var data = DataPath is null ? SyntheticData.Generate() : DataSetReader.Read(DataPath, reading, cancellationToken);
        return Events is null ? data : EventLogReader.Append(data, Events, reading, cancellationToken);
    }
}
