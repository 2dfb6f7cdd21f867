//! Documents of any size, to see how the cost grows.

/// A document with so many schemas, and an operation for every tenth: objects that hold scalars, lists, enums, unions,
/// and each other.
pub(super) fn document(schemas: usize) -> String {
    let paths: String = (0..schemas.div_ceil(10)).map(path).collect();
    let schemas: String = (0..schemas).map(|index| schema(index, schemas)).collect();
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Synthetic, version: 1.0.0 }}\npaths:\n{paths}components:\n  schemas:\n{schemas}"
    )
}

fn path(index: usize) -> String {
    let (id, schema) = (format!("getThing{index}"), index * 10);
    format!(
        "  /group{group}/things{index}/{{id}}:
    get:
      operationId: {id}
      tags: [group {group}]
      parameters:
        - {{ name: id, in: path, required: true, schema: {{ type: string }} }}
        - {{ name: limit, in: query, schema: {{ type: integer, minimum: 1, maximum: 100 }} }}
      responses:
        '200': {{ description: One, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing{schema}' }} }} }} }}
",
        group = index % 20
    )
}

fn schema(index: usize, count: usize) -> String {
    let other = |step: usize| {
        format!(
            "{{ $ref: '#/components/schemas/Thing{}' }}",
            (index + step) % count
        )
    };
    format!(
        "    Thing{index}:
      description: The thing of number {index}.
      type: object
      required: [id, state]
      properties:
        id: {{ type: string, format: uuid }}
        state: {{ type: string, enum: [open, closed, state{index}] }}
        size: {{ type: integer, minimum: 0 }}
        created: {{ type: string, format: date-time }}
        labels: {{ type: object, additionalProperties: {{ type: string }} }}
        next: {next}
        others: {{ type: array, items: {others} }}
        either: {{ oneOf: [{either}, {{ type: string }}] }}
",
        next = other(1),
        others = other(7),
        either = other(3)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_nothing_wrong() {
        let reading = bindery_spec::read_text("synthetic.yaml", &document(25));
        assert!(
            reading.diagnostics.is_empty(),
            "{}",
            reading.render(&reading.diagnostics)
        );
        let api = reading.api.unwrap();
        assert_eq!((api.operations.len(), api.schemas.named().count()), (3, 25));
    }
}
