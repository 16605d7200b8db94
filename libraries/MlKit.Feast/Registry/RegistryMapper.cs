using Google.Protobuf.WellKnownTypes;
using Proto = MlKit.Feast.Protos.Core;
using Types = MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>Definitions as the messages that Python Feast accepts; without times, which <see cref="RegistryApply"/> adds.</summary>
internal static class RegistryMapper
{
    public static Proto.EntitySpecV2 Entity(Entity entity, string project)
    {
        var spec = new Proto.EntitySpecV2
        {
            Name = entity.Name,
            JoinKey = entity.JoinKey,
            ValueType = (Types.ValueType.Types.Enum)entity.ValueType,
            Description = entity.Description,
            Owner = entity.Owner,
            Project = project,
        };
        Add(spec.Tags, entity.Tags);
        return spec;
    }

    public static Proto.FeatureViewSpec View(FeatureView view, IReadOnlyList<Entity> entities, string project)
    {
        var spec = new Proto.FeatureViewSpec
        {
            Name = view.Name,
            Project = project,
            Entities = { entities.Select(entity => entity.Name) },
            EntityColumns =
            {
                entities.Select(entity => new Proto.FeatureSpecV2
                {
                    Name = entity.JoinKey,
                    // A key of unset type is text, the dummy's included.
                    ValueType = entity.ValueType == ValueType.Invalid
                        ? Types.ValueType.Types.Enum.String
                        : (Types.ValueType.Types.Enum)entity.ValueType,
                }),
            },
            Features = { view.Schema.Select(Feature) },
            Ttl = Duration.FromTimeSpan(view.Ttl),
            BatchSource = Source(view.BatchSource, null),
            Online = view.Online,
            Description = view.Description,
            Owner = view.Owner,
            Version = "latest",
        };
        if (view.Source is PushSource push)
        {
            spec.StreamSource = Source(push, null);
        }

        Add(spec.Tags, view.Tags);
        return spec;
    }

    /// <param name="source">The source.</param>
    /// <param name="project">The project for the list of sources; null for the copy inside a view, which has none.</param>
    public static Proto.DataSource Source(DataSource source, string? project)
    {
        var message = source switch
        {
            FileSource file => FileMessage(file),
            PushSource push => PushMessage(push),
            _ => throw new FeastException($"source '{source.Name}' is a {source.GetType().Name}; allowed are FileSource and PushSource"),
        };
        message.Name = source.Name;
        message.Project = project ?? "";
        message.Description = source.Description;
        Add(message.Tags, source.Tags);
        return message;
    }

    public static Proto.FeatureServiceSpec Service(FeatureService service, Func<string, Proto.FeatureViewSpec> view, string project)
    {
        var spec = new Proto.FeatureServiceSpec
        {
            Name = service.Name,
            Project = project,
            Description = service.Description,
            Owner = service.Owner,
            Features = { service.Features.Select(selection => Projection(service.Name, selection, view(selection.View))) },
        };
        Add(spec.Tags, service.Tags);
        return spec;
    }

    private static Proto.FeatureViewProjection Projection(string service, ViewSelection selection, Proto.FeatureViewSpec view)
    {
        var projection = new Proto.FeatureViewProjection
        {
            FeatureViewName = selection.View,
            FeatureViewNameAlias = selection.Alias,
            // Feast puts the created column here too, and ignores it on reading.
            TimestampField = view.BatchSource.CreatedTimestampColumn,
            CreatedTimestampColumn = view.BatchSource.CreatedTimestampColumn,
            BatchSource = view.BatchSource.Clone(),
            ViewType = "featureView",
        };
        if (view.StreamSource is { } stream)
        {
            projection.StreamSource = stream.Clone();
        }

        foreach (var name in selection.Features)
        {
            projection.FeatureColumns.Add(view.Features.FirstOrDefault(feature => feature.Name == name)?.Clone()
                ?? throw new FeastException(
                    $"feature service '{service}' asks for '{selection.View}:{name}', but the view's features are {string.Join(", ", view.Features.Select(feature => feature.Name))}"));
        }

        Add(projection.JoinKeyMap, selection.JoinKeyMap);
        return projection;
    }

    private static Proto.FeatureSpecV2 Feature(Field field)
    {
        var spec = new Proto.FeatureSpecV2
        {
            Name = field.Name,
            ValueType = (Types.ValueType.Types.Enum)field.Type,
            Description = field.Description,
        };
        Add(spec.Tags, field.Tags);
        return spec;
    }

    private static Proto.DataSource FileMessage(FileSource file)
    {
        var message = new Proto.DataSource
        {
            Type = Proto.DataSource.Types.SourceType.BatchFile,
            TimestampField = file.TimestampField,
            CreatedTimestampColumn = file.CreatedTimestampColumn,
            FileOptions = new Proto.DataSource.Types.FileOptions { Uri = file.Path },
            DataSourceClassType = "feast.infra.offline_stores.file_source.FileSource",
        };
        if (!file.Path.EndsWith(".parquet", StringComparison.Ordinal))
        {
            message.FileOptions.FileFormat = new Proto.FileFormat { ParquetFormat = new Proto.FileFormat.Types.ParquetFormat() };
        }

        Add(message.FieldMapping, file.FieldMapping);
        return message;
    }

    private static Proto.DataSource PushMessage(PushSource push) => new()
    {
        Type = Proto.DataSource.Types.SourceType.PushSource,
        TimestampField = push.BatchSource.TimestampField,
        CreatedTimestampColumn = push.BatchSource.CreatedTimestampColumn,
        DataSourceClassType = "feast.data_source.PushSource",
        BatchSource = Source(push.BatchSource, null),
    };

    private static void Add(Google.Protobuf.Collections.MapField<string, string> target, IReadOnlyDictionary<string, string> source)
    {
        foreach (var (key, value) in source)
        {
            target[key] = value;
        }
    }
}
