using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace MlKit.Feast;

/// <content>Reading and writing the offline store.</content>
public sealed partial class FeatureStore
{
    /// <summary>
    /// Point-in-time join: for each entity row the newest feature row at or before its <c>event_timestamp</c> and
    /// within the view's ttl; nulls where there is none.
    /// </summary>
    /// <param name="entities">Join keys, <c>event_timestamp</c> (or one column of times), and anything else.</param>
    /// <param name="features">References <c>view:feature</c>.</param>
    /// <param name="fullFeatureNames">Whether features are called <c>view__feature</c>.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    /// <returns>The entity columns, then one column per feature, view by view; rows in the order given.</returns>
    /// <exception cref="FeastException">A name is unknown, a join key is absent, or files cannot be read.</exception>
    public Task<FeatureFrame> GetHistoricalFeaturesAsync(
        FeatureFrame entities, IReadOnlyList<string> features, bool fullFeatureNames = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        return HistoricalAsync(
            entities, features.Count > 0 ? OnlinePlan.Selections(Catalog, features) : throw new FeastException("No features specified for retrieval"), fullFeatureNames, JoinRules.Usual, cancellationToken);
    }

    /// <summary>The same for the features of a feature service.</summary>
    /// <inheritdoc cref="GetHistoricalFeaturesAsync(FeatureFrame, IReadOnlyList{string}, bool, CancellationToken)"/>
    /// <param name="entities">Join keys, <c>event_timestamp</c> (or one column of times), and anything else.</param>
    /// <param name="featureService">Name of the service.</param>
    /// <param name="fullFeatureNames">Whether features are called <c>view__feature</c>.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    public Task<FeatureFrame> GetHistoricalFeaturesAsync(
        FeatureFrame entities, string featureService, bool fullFeatureNames = false, CancellationToken cancellationToken = default) =>
        HistoricalAsync(entities, OnlinePlan.Selections(Catalog.Service(featureService)), fullFeatureNames, JoinRules.Usual, cancellationToken);

    /// <summary>Point-in-time join of entity rows in files into a Parquet file; memory stays within the offline store's limit.</summary>
    /// <param name="request">Entity rows and features.</param>
    /// <param name="parquetPath">The file to write; it appears when it is complete.</param>
    /// <param name="cancellationToken">Stops between views.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="FeastException">A name is unknown, a join key is absent, or files cannot be read or written.</exception>
    /// <remarks>The file's metadata hold the schema hashes of the views; <see cref="RequireSchemasAsync"/> compares them.</remarks>
    public Task<long> WriteHistoricalFeaturesAsync(HistoricalRequest request, string parquetPath, CancellationToken cancellationToken = default)
    {
        var views = Views(request);
        return _offline.ExportAsync(
            request, views, (session, query) => ParquetFiles.Write(session, query, Path.GetFullPath(parquetPath), TrainingSchemas.Of(views)), cancellationToken);
    }

    /// <summary>Makes sure that the registry's views still have the schemas that training data were joined with.</summary>
    /// <param name="parquetPath">A file that <see cref="WriteHistoricalFeaturesAsync(HistoricalRequest, string, CancellationToken)"/> wrote.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="FeastException">A view is gone or has another schema, or the file does not say which it had.</exception>
    public async Task RequireSchemasAsync(string parquetPath, CancellationToken cancellationToken = default)
    {
        var text = await Task.Run(() => TrainingSchemas.Read(parquetPath, _options.Offline), cancellationToken)
            ?? throw new FeastException($"'{parquetPath}' does not say which schemas its features were read with");
        foreach (var (view, hash) in TrainingSchemas.Parse(text))
        {
            RequireSchema(view, hash);
        }
    }

    /// <summary>The same as Arrow record batches, as they come.</summary>
    /// <param name="request">Entity rows and features.</param>
    /// <param name="batchRows">Rows per batch, at most.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="FeastException">A name is unknown, a join key is absent, or files cannot be read.</exception>
    public async IAsyncEnumerable<RecordBatch> ReadHistoricalFeaturesAsync(
        HistoricalRequest request,
        int batchRows = 65_536,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchRows, 1);
        var views = Views(request);
        var (session, query) = await _offline.PrepareAsync(request, views, cancellationToken);
        using (session)
        {
            var batches = new ArrowBatches(EntityFile.Describe(session, query), TrainingSchemas.Of(views));
            using var reader = session.Read(query);
            while (await Task.Run(() => batches.Next(reader, batchRows), cancellationToken) is { } batch)
            {
                yield return batch;
            }
        }
    }

    /// <summary>The same as an Arrow IPC stream.</summary>
    /// <param name="request">Entity rows and features.</param>
    /// <param name="stream">Where the stream goes; it stays open.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="FeastException">A name is unknown, a join key is absent, or files cannot be read.</exception>
    public async Task WriteHistoricalFeaturesAsync(HistoricalRequest request, Stream stream, CancellationToken cancellationToken = default)
    {
        ArrowStreamWriter? writer = null;
        try
        {
            await foreach (var batch in ReadHistoricalFeaturesAsync(request, cancellationToken: cancellationToken))
            {
                using (batch)
                {
                    writer ??= new ArrowStreamWriter(stream, batch.Schema, leaveOpen: true);
                    await writer.WriteRecordBatchAsync(batch, cancellationToken);
                }
            }

            if (writer is not null)
            {
                await writer.WriteEndAsync(cancellationToken);
            }
        }
        finally
        {
            writer?.Dispose();
        }
    }

    /// <summary>
    /// Writes rows to a view's files: a new Parquet file in the source's folder, or the source's own file, replaced.
    /// </summary>
    /// <param name="view">Name of the view.</param>
    /// <param name="rows">Join keys, all features, the source's timestamp column, its created column where it has one.</param>
    /// <param name="append">Whether the rows that are there stay.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <exception cref="FeastException">A column is absent or holds values of another type, or files cannot be written.</exception>
    public Task WriteOfflineAsync(string view, FeatureFrame rows, bool append = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return _writer.WriteAsync(Catalog.View(view), rows, append, alsoOnline: false, cancellationToken);
    }

    /// <summary>Reads a Parquet file (or pattern) into memory, for entity rows that fit there.</summary>
    /// <exception cref="FeastException">There is no such file, or a column's type is not supported.</exception>
    public Task<FeatureFrame> ReadFrameAsync(string parquetFiles, CancellationToken cancellationToken = default) =>
        Task.Run(() => _offline.ReadFrame(parquetFiles), cancellationToken);

    internal Task<FeatureFrame> HistoricalAsync(
        FeatureFrame entities, IReadOnlyList<ViewSelection> selections, bool fullNames, JoinRules rules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entities);
        return _offline.HistoricalAsync(entities, Views(selections), fullNames, _ => rules, cancellationToken);
    }

    private List<HistoricalView> Views(HistoricalRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Views(request switch
        {
            { FeatureService: { } service } => OnlinePlan.Selections(Catalog.Service(service)),
            { Features.Count: > 0 } => OnlinePlan.Selections(Catalog, request.Features),
            _ => throw new FeastException("No features specified for retrieval"),
        });
    }

    private List<HistoricalView> Views(IReadOnlyList<ViewSelection> selections)
    {
        var catalog = Catalog;
        return [.. selections.Select(selection => new HistoricalView(catalog.View(selection.View), selection))];
    }
}
